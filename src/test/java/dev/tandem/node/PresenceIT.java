package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that presence does not rot: not when a node is killed, not when its lease is lost, not when it comes back. */
class PresenceIT {
    private static final Map<String, String> SHORT_LEASE =
            Map.of("TANDEM_PRESENCE_LEASE", "3s", "TANDEM_JOBS_TICK", "1s");
    /** The lease, one tick, and time for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private RedisProcess redis;
    private RedisConsole console;
    private TandemNode ada;
    private TandemNode ben;
    private String room;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        console = redis.console();
        ada = TandemNode.start("ada", redis, SHORT_LEASE);
        ben = TandemNode.start("ben", redis, SHORT_LEASE);
        room = ada.createRoom("presence");
    }

    @AfterEach
    void stop() {
        ada.close();
        ben.close();
        console.close();
        redis.close();
    }

    @Test
    void peopleOfAKilledNodeDisappearAndNobodyElseFlickers() {
        List<Peer> peers = new ArrayList<>();
        try (Peer watcher = PlainPeer.connect(ada.webSocketUri("/ws"))) {
            watcher.join(room);
            Peer.await(watcher.command("watch", Peer.fields()));
            for (int i = 0; i < 10; i++) {
                peers.add(PlainPeer.connect(ben.webSocketUri("/ws")));
                peers.get(i).join(room);
            }
            await().until(() -> watcher.events("joined").size() == 10);

            ben.kill();

            await().atMost(BOUND).until(() -> ada.members(room) == 1);
            await().atMost(BOUND).until(() -> watcher.events("left").size() == 10);
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(watcher.counts(room)).endsWith(1L));
            assertThat(watcher.events("joined")).hasSize(10);
            assertThat(console.command("HLEN", "room:{presence}:users")).isEqualTo(1L);
            await().atMost(BOUND)
                    .until(() -> console.command("SCARD", "{presence}:dead").equals(0L));
            assertThat(console.command("ZCARD", "{presence}:leases")).isEqualTo(1L);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    @Test
    void nodeThatLostItsLeaseBringsItsPeopleBack() {
        try (Peer watcher = PlainPeer.connect(ada.webSocketUri("/ws"));
                Peer other = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            watcher.join(room);
            other.join(room);
            await().until(() -> watcher.events("joined").size() == 1);

            List<?> leases = (List<?>) console.command("ZRANGE", "{presence}:leases", "0", "-1");
            leases.stream()
                    .map(String.class::cast)
                    .filter(lease -> lease.startsWith("ben."))
                    .forEach(lease -> {
                        console.command("ZREM", "{presence}:leases", lease);
                        console.command("SADD", "{presence}:dead", lease);
                    });

            await().atMost(BOUND)
                    .until(() -> console.command("SCARD", "{presence}:dead").equals(0L));
            await().atMost(BOUND).until(() -> ada.members(room) == 2);
            other.leave(room);
            await().until(() -> ada.members(room) == 1);
            assertThat(console.command("HLEN", "room:{presence}:presence")).isEqualTo(1L);
        }
    }

    @Test
    void jobsRunOncePerTickInTheWholeCluster() {
        long start = System.nanoTime();
        long before = runs(ada) + runs(ben);

        await().atMost(Duration.ofSeconds(30)).until(() -> runs(ada) + runs(ben) >= before + 6);
        long runs = runs(ada) + runs(ben) - before;
        double seconds = (System.nanoTime() - start) / 1e9;

        // A tick is a second, and the lease of a run a tenth shorter; one run more may have been due at the start.
        assertThat(runs).isLessThanOrEqualTo((long) (seconds / 0.9) + 1);
    }

    private static long runs(TandemNode node) {
        return (long) node.metric("tandem_jobs_runs_total{job=\"presence-reaper\"}");
    }

    @Test
    void userWithTwoConnectionsIsOneMember() {
        String cookie = ada.post("/api/rooms/" + room + "/messages", "{\"text\":\"hi\"}")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        try (Peer watcher = PlainPeer.connect(ada.webSocketUri("/ws"));
                Peer one = PlainPeer.connect(ada.webSocketUri("/ws"), Map.of("Cookie", cookie));
                Peer two = PlainPeer.connect(ben.webSocketUri("/ws"), Map.of("Cookie", cookie))) {
            watcher.join(room);
            one.join(room);
            two.join(room);

            assertThat(ada.members(room)).isEqualTo(2);
            await().until(() -> watcher.events("joined").size() == 1);

            one.close();
            two.join("presence");
            await().until(() ->
                    !ada.get("/api/rooms/" + room + "/members").body().contains("\"connections\":2"));
            Peer.await(two.send(room, "after whatever there was to tell"));
            await().until(() -> watcher.seqs(room).equals(List.of(2L)));
            assertThat(watcher.events("joined")).hasSize(1);
            assertThat(watcher.events("left")).isEmpty();
        }
    }
}
