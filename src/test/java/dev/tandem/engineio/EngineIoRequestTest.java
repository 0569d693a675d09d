package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engineio.transport.RequestError;
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

/** Verifies which requests may open a session, and what the others are told, in the Engine.IO server's order. */
class EngineIoRequestTest {
    private static final Map<String, String> QUERY = Map.of("EIO", "4", "transport", "websocket");

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(HttpMethod.GET, Map.of(), true, RequestError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, Map.of("EIO", "4"), true, RequestError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, transport("polling"), true, RequestError.BAD_REQUEST),
                Arguments.of(HttpMethod.POST, transport("polling"), false, RequestError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.PUT, transport("polling"), false, RequestError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.HEAD, transport("polling"), false, RequestError.BAD_HANDSHAKE_METHOD),
                Arguments.of(
                        HttpMethod.GET,
                        Map.of("transport", "polling"),
                        false,
                        RequestError.UNSUPPORTED_PROTOCOL_VERSION),
                Arguments.of(HttpMethod.GET, transport("WebSocket"), true, RequestError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.GET, transport(""), true, RequestError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.POST, Map.of("EIO", "3"), false, RequestError.TRANSPORT_UNKNOWN),
                Arguments.of(HttpMethod.POST, QUERY, true, RequestError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.DELETE, QUERY, false, RequestError.BAD_HANDSHAKE_METHOD),
                Arguments.of(HttpMethod.GET, QUERY, false, RequestError.BAD_REQUEST),
                Arguments.of(HttpMethod.GET, protocol("3"), true, RequestError.UNSUPPORTED_PROTOCOL_VERSION),
                Arguments.of(HttpMethod.GET, protocol("04"), true, RequestError.UNSUPPORTED_PROTOCOL_VERSION),
                Arguments.of(
                        HttpMethod.GET,
                        Map.of("transport", "websocket"),
                        true,
                        RequestError.UNSUPPORTED_PROTOCOL_VERSION));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void refusesForTheFirstReasonThatHolds(
            HttpMethod method, Map<String, String> query, boolean upgrade, RequestError error) {
        EngineIoRequest asked = EngineIoRequest.of(request(method, query, upgrade));

        assertThat(asked.error().or(() -> asked.handshakeError(true))).contains(error);
    }

    @ParameterizedTest
    @CsvSource({"polling, false", "websocket, true"})
    void letsAHandshakeOfVersionFourThrough(String transport, boolean upgrade) {
        EngineIoRequest asked = EngineIoRequest.of(request(HttpMethod.GET, transport(transport), upgrade));

        assertThat(asked.error().or(() -> asked.handshakeError(true))).isEmpty();
    }

    @Test
    void refusesAPageThatIsNotAdmitted() {
        EngineIoRequest asked = EngineIoRequest.of(request(HttpMethod.GET, transport("polling"), false));

        assertThat(asked.handshakeError(false)).contains(RequestError.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"a, false", "'', true"})
    void takesARequestWithoutASidForAHandshake(String sid, boolean handshake) {
        Map<String, String> query = Map.of("EIO", "4", "transport", "polling", "sid", sid);

        assertThat(EngineIoRequest.of(request(HttpMethod.GET, query, false)).isHandshake())
                .isEqualTo(handshake);
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
    void saysTheNumberAndTheWordsOfTheEngineIoServer(RequestError error, int code, String message) {
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
                EngineIoRequestTest.class.getClassLoader(),
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
