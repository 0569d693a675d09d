package dev.tandem.engineio.transport;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of the opening handshake of a WebSocket (RFC 6455, 4.2). Extensions are not agreed on. Of sub-protocols only {@code
 * tandem} is: a browser that offers some wants to be answered one.
 */
public final class OpeningHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String WEBSOCKET = "websocket";
    private static final String VERSION = "13";
    private static final String PROTOCOL = "tandem";
    private static final int KEY_BYTES = 16;

    private OpeningHandshake() {}

    /**
     * The status to refuse the request with; empty if it can become a WebSocket (4.2.1). It must have no body, which nobody would read.
     */
    public static Optional<HttpResponseStatus> refusal(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET
                || request.version() != HttpVersion.HTTP_1_1
                || !offers(request, HttpHeaders.CONNECTION, "upgrade")
                || !offers(request, HttpHeaders.UPGRADE, WEBSOCKET)
                || !isKey(request.getHeader("Sec-WebSocket-Key"))
                || hasBody(request)) {
            return Optional.of(HttpResponseStatus.BAD_REQUEST);
        }
        return VERSION.equals(request.getHeader("Sec-WebSocket-Version"))
                ? Optional.empty()
                : Optional.of(HttpResponseStatus.UPGRADE_REQUIRED);
    }

    /** Ends the response as one that refuses, with what this server speaks (4.4). */
    public static void refuse(HttpServerResponse response, HttpResponseStatus status) {
        response.setStatusCode(status.code())
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET)
                .putHeader("Sec-WebSocket-Version", VERSION)
                .end();
    }

    /** Ends the response as one that accepts, with the headers it has already (4.2.2). */
    public static void accept(HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .setStatusCode(HttpResponseStatus.SWITCHING_PROTOCOLS.code())
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader("Sec-WebSocket-Accept", proof(request.getHeader("Sec-WebSocket-Key")));
        if (offers(request, "Sec-WebSocket-Protocol", PROTOCOL)) {
            response.putHeader("Sec-WebSocket-Protocol", PROTOCOL);
        }
        // The HTTP server gives every response a length, which this one must not have (RFC 9110, 8.6).
        response.headersEndHandler(ready -> response.headers().remove(HttpHeaders.CONTENT_LENGTH));
        response.end();
    }

    /** That the server has understood a key. */
    static String proof(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static boolean offers(HttpServerRequest request, CharSequence header, String wanted) {
        return request.headers().getAll(header).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(offered -> offered.strip().equalsIgnoreCase(wanted));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }

    private static boolean isKey(String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notInBase64) {
            return false;
        }
    }
}
