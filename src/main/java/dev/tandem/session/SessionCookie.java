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
    private final List<Mac> signers;

    /** The first secret signs. */
    SessionCookie(String name, List<String> secrets) {
        this.name = name;
        this.signers = secrets.stream().map(SessionCookie::signer).toList();
    }

    /** The signed value for {@code sid}. */
    String sign(String sid) {
        return URLEncoder.encode("s:" + sid + "." + signature(sid, signers.get(0)), StandardCharsets.UTF_8);
    }

    /** The {@code Set-Cookie} header for that value. */
    String header(String value, long maxAgeSeconds, boolean secure) {
        return name + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /** The sid in a {@code Cookie} header, if it is there and one of the secrets signed it. */
    Optional<String> verify(String header) {
        return value(header).flatMap(this::sid);
    }

    /** The cookie's value in a {@code Cookie} header, which may be null; nothing is said of who signed it. */
    Optional<String> value(String header) {
        if (header == null) {
            return Optional.empty();
        }
        for (String pair : header.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** The sid in such a value, if one of the secrets signed it. */
    Optional<String> sid(String encoded) {
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
        for (Mac signer : signers) {
            if (MessageDigest.isEqual(signature(sid, signer).getBytes(StandardCharsets.UTF_8), given)) {
                return Optional.of(sid);
            }
        }
        return Optional.empty();
    }

    private static Mac signer(String secret) {
        try {
            Mac signer = Mac.getInstance(MAC);
            signer.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            return signer;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** By a copy of the signer, which to look up and to give its key takes longer than to sign. */
    private static String signature(String sid, Mac signer) {
        try {
            byte[] digest = ((Mac) signer.clone()).doFinal(sid.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
