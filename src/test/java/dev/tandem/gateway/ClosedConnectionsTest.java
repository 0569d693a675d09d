package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
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
import java.net.URI;
import java.time.Duration;
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
            double before = closed("websocket", reason);

            end.accept(peer);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(closed("websocket", reason)).isEqualTo(before + 1));
        }
    }

    @Test
    void streamsOfReadersThatWent() {
        RoomId room = room();
        StreamReader reader = StreamReader.open(uri.resolve("/api/rooms/" + room + "/stream"), Map.of());
        double before = closed("sse", "transport close");

        reader.close();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(closed("sse", "transport close")).isEqualTo(before + 1));
    }

    @Test
    void socketIoSessionsOfClientsThatWent() {
        SocketIoPeer peer = SocketIoPeer.connect(uri);
        double before = closed("socketio", "transport close");

        peer.close();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(closed("socketio", "transport close")).isEqualTo(before + 1));
    }

    @Test
    void standAmongTheMetrics() {
        PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws")).close();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains("tandem_sockets_closed_total{door=\"websocket\",reason=\"transport close\"}"));
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
