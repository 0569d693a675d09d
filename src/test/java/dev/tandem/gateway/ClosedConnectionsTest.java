package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.gateway.sse.StreamReader;
import dev.tandem.id.RoomId;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that connections that ended are counted, for each door and by what ended them. */
@QuarkusTest
class ClosedConnectionsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Rooms rooms;

    @Inject
    MeterRegistry registry;

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of("transport close", (Consumer<PlainPeer>) PlainPeer::close),
                Arguments.of("not JSON", (Consumer<PlainPeer>) peer -> peer.sendText("{")),
                Arguments.of("not text", (Consumer<PlainPeer>) peer -> peer.sendBinary(new byte[] {1})),
                Arguments.of("message too big", (Consumer<PlainPeer>)
                        peer -> peer.sendText("\"" + "x".repeat(1_100_000) + "\"")));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void plainWebSocketsByWhatEndedThem(String reason, Consumer<PlainPeer> end) {
        try (PlainPeer peer = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"))) {
            peer.command("rooms", PlainPeer.fields()).join();

            assertCounts("websocket", reason, () -> end.accept(peer));
        }
    }

    @Test
    void plainWebSocketsThatWereReset() throws IOException {
        Socket socket = handshaken();

        assertCounts("websocket", "transport close", () -> reset(socket));
    }

    @Test
    void plainWebSocketsOfWhoHadGoneBeforeTheyOpenedAreNone() throws IOException {
        double before = open("websocket");

        for (int round = 0; round < 10; round++) {
            List<Socket> crowd = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                crowd.add(ask());
            }
            crowd.forEach(ClosedConnectionsTest::reset);
            await().atMost(SOON).until(() -> open("websocket") <= before);
        }
    }

    @Test
    void streamsOfReadersThatWent() {
        StreamReader reader = StreamReader.open(uri.resolve("/api/rooms/" + room() + "/stream"), Map.of());

        assertCounts("sse", "transport close", reader::close);
    }

    @Test
    void streamsOfReadersThatWentInTheMiddleOfAnotherRequest() throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        say(socket, "GET /api/rooms/" + room() + "/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        awaitText(socket, "retry:");
        say(socket, "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{");

        assertCounts("sse", "transport close", () -> reset(socket));
    }

    @Test
    void socketIoSessionsOfClientsThatWent() {
        SocketIoPeer peer = SocketIoPeer.connect(uri);

        assertCounts("socketio", "transport close", peer::close);
    }

    @Test
    void standAmongTheMetrics() {
        PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws")).close();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains("tandem_sockets_closed_total{door=\"websocket\",reason=\"transport close\"}"));
    }

    private void assertCounts(String door, String reason, Runnable end) {
        double before = closed(door, reason);

        end.run();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(closed(door, reason)).isEqualTo(before + 1));
    }

    /** A WebSocket whose welcome has come. */
    private Socket handshaken() throws IOException {
        Socket socket = ask();
        awaitText(socket, "welcome");
        return socket;
    }

    private static void awaitText(Socket socket, String text) throws IOException {
        socket.setSoTimeout(20_000);
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) socket.getInputStream().read());
        }
    }

    private static void say(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        String request = "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n";
        say(socket, request.formatted(uri.getAuthority()));
        return socket;
    }

    /** Without a goodbye, not even one of TCP. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private double open(String door) {
        return registry.get("tandem.sockets").tag("door", door).gauge().value();
    }

    private double closed(String door, String reason) {
        return Optional.ofNullable(registry.find("tandem.sockets.closed")
                        .tags("door", door, "reason", reason)
                        .counter())
                .map(Counter::count)
                .orElse(0.0);
    }

    private RoomId room() {
        return rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty()))
                .await()
                .atMost(SOON)
                .id();
    }
}
