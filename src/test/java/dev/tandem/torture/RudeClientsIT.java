package dev.tandem.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.TandemNode;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Verifies that clients who break off at any moment leave nothing behind on two nodes: no socket, nothing that one passes on for the
 * other, no member and no open room; and no error in a log.
 *
 * <p>{@code -Dtandem.torture.seconds=60 -Dtandem.torture.seed=7} make it longer, or the same again as far as a seed goes.
 */
class RudeClientsIT {
    private static final Logger LOG = Logger.getLogger(RudeClientsIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Nobody waits for those who are gone for good. */
    private static final Map<String, String> SETTINGS = Map.of(
            "TANDEM_SOCKETIO_PING_INTERVAL", "2s",
            "TANDEM_SOCKETIO_PING_TIMEOUT", "2s",
            "TANDEM_SOCKETIO_UPGRADE_TIMEOUT", "2s",
            "TANDEM_SOCKETIO_RECOVERY_WINDOW", "2s",
            "TANDEM_WEBSOCKET_PING_INTERVAL", "2s",
            "TANDEM_WEBSOCKET_PING_TIMEOUT", "2s");

    private static final List<String> NOTHING_LEFT = List.of(
            "tandem_sockets{",
            "tandem_relay_sockets",
            "tandem_relay_pending",
            "tandem_internode_pending",
            "tandem_cluster_requests_pending",
            "tandem_rooms_open");

    private final long seconds = Long.getLong("tandem.torture.seconds", 15);
    private final long seed = Long.getLong("tandem.torture.seed", System.nanoTime() % 1_000_000);

    @Test
    void clientsWhoBreakOffLeaveNothingBehind() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                TandemNode ada = TandemNode.start("ada", redis, SETTINGS);
                TandemNode ben = TandemNode.start("ben", redis, SETTINGS)) {
            RudeClients.ROOMS.forEach(ada::createRoom);

            int lives = new RudeClients(seed, ada, ben).run(Duration.ofSeconds(seconds));

            LOG.infof("Rude clients: seed=%d lives=%d", seed, lives);
            for (TandemNode node : List.of(ada, ben)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertNothingIsLeft(node));
                assertThat(node.log()).doesNotContain("ERROR [");
                assertThat(isServed(node)).isTrue();
            }
        }
    }

    private static void assertNothingIsLeft(TandemNode node) {
        assertThat(NOTHING_LEFT)
                .allSatisfy(name -> assertThat(node.metric(name)).as(name).isZero());
        assertThat(RudeClients.ROOMS)
                .allSatisfy(room -> assertThat(node.members(room)).as(room).isZero());
    }

    private static boolean isServed(TandemNode node) {
        try (PlainPeer peer = PlainPeer.connect(node.webSocketUri("/ws"))) {
            JsonNode answer = peer.join(RudeClients.ROOMS.get(0));
            return answer.path("ok").asBoolean();
        }
    }
}
