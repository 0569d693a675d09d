package dev.tandem.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookie's value, as express-session writes it: {@code s:<sid>.<signature>}, URL-encoded; the signature is the HMAC-SHA256
 * of the sid in base64 without padding. Pure; from any thread.
 */
final class SessionCookie {
    private static final String MAC = "HmacSHA256";

    private final String name;
    private final List<SecretKeySpec> keys;

    /** The first secret signs. */
    SessionCookie(String name, List<String> secrets) {
        this.name = name;
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC))
                .toList();
    }

    /** The signed value for {@code sid}. */
    String sign(String sid) {
        return URLEncoder.encode("s:" + sid + "." + signature(sid, keys.get(0)), StandardCharsets.UTF_8);
    }

    /** The {@code Set-Cookie} header for that value. */
    String header(String value, long maxAgeSeconds, boolean secure) {
        return name + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /** The sid in a {@code Cookie} header, if it is there and one of the secrets signed it. */
    Optional<String> verify(String header) {
        if (header == null) {
            return Optional.empty();
        }
        for (String pair : header.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return verifyValue(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    private Optional<String> verifyValue(String encoded) {
        String value;
        try {
            value = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        int dot = value.lastIndexOf('.');
        if (!value.startsWith("s:") || dot < 3) {
            return Optional.empty();
        }
        String sid = value.substring(2, dot);
        byte[] given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        boolean genuine = keys.stream()
                .anyMatch(key -> MessageDigest.isEqual(signature(sid, key).getBytes(StandardCharsets.UTF_8), given));
        return genuine ? Optional.of(sid) : Optional.empty();
    }

    private static String signature(String sid, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] digest = mac.doFinal(sid.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
