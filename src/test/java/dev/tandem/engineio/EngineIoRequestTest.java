package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies which requests may open a session over WebSocket, and what the others are told, in the Engine.IO server's order. */
class HandshakeErrorTest {
    private static final Map<String, String> QUERY = Map.of("EIO", "4", "transport", "websocket");

    static Stream<Arguments> requests() {
        Map<String, String> withSid = Map.of("EIO", "4", "transport", "websocket", "sid", "a");
        return Stream.of(
                Arguments.of(HttpMethod.GET, Map.of(), true, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, Map.of("EIO", "4"), true, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, transport("polling"), true, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, transport("WebSocket"), true, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, transport(""), true, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.POST, Map.of("EIO", "3"), false, HandshakeError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, withSid, true, HandshakeError.SESSION_ID_UNKNOWN),
                Arguments.of(HttpMethod.POST, withSid, false, HandshakeError.SESSION_ID_UNKNOWN),
                Arguments.of(HttpMethod.POST, QUERY, true, HandshakeError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.DELETE, QUERY, false, HandshakeError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.GET, QUERY, false, HandshakeError.BAD_REQUEST),
                Arguments.of(HttpMethod.GET, protocol("3"), true, HandshakeError.UNSUPPORTED_PROTOCOL_VERSION),
                Arguments.of(HttpMethod.GET, protocol("04"), true, HandshakeError.UNSUPPORTED_PROTOCOL_VERSION),
                Arguments.of(
                        HttpMethod.GET,
                        Map.of("transport", "websocket"),
                        true,
                        HandshakeError.UNSUPPORTED_PROTOCOL_VERSION));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void refusesForTheFirstReasonThatHolds(
            HttpMethod method, Map<String, String> query, boolean upgrade, HandshakeError error) {
        assertThat(HandshakeError.of(request(method, query, upgrade))).contains(error);
    }

    @Test
    void letsAWebSocketHandshakeOfVersionFourThrough() {
        assertThat(HandshakeError.of(request(HttpMethod.GET, QUERY, true))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSPORT_UNKNOWN, 0, Transport unknown",
        "SESSION_ID_UNKNOWN, 1, Session ID unknown",
        "BAD_HANDSHAKE_METHOD, 2, Bad handshake method",
        "BAD_REQUEST, 3, Bad request",
        "FORBIDDEN, 4, Forbidden",
        "UNSUPPORTED_PROTOCOL_VERSION, 5, Unsupported protocol version"
    })
    void saysTheNumberAndTheWordsOfTheEngineIoServer(HandshakeError error, int code, String message) {
        assertThat(error.json()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    private static Map<String, String> transport(String name) {
        return Map.of("EIO", "4", "transport", name);
    }

    private static Map<String, String> protocol(String version) {
        return Map.of("EIO", version, "transport", "websocket");
    }

    /** A request of which nothing is known but what the check may look at. */
    private static HttpServerRequest request(HttpMethod method, Map<String, String> query, boolean upgrade) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HandshakeErrorTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "method" -> method;
                    case "getParam" -> query.get((String) arguments[0]);
                    case "getHeader" ->
                        upgrade && arguments[0].equals("Sec-WebSocket-Key") ? "x3JJHMbDL1EzLkh9GBhXDw==" : null;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }
}
