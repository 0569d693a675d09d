package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.Certificates;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.SentinelProcess;
import dev.tandem.redis.TlsRedis;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that a node lives with the ways in which Redis is deployed, always on two connections, and says what is wrong. */
class RedisDeploymentsIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    @Test
    void nodeOnTlsHoldsTwoConnections() {
        Certificates authority = Certificates.create();
        Certificates.Pair server = authority.issue("server", "dns:localhost");
        Certificates.Pair own = authority.issue("node", "dns:node");
        try (TlsRedis redis = TlsRedis.start(authority, server, "yes");
                RedisConsole console = redis.console();
                TandemNode node = TandemNode.start(
                        "tls",
                        Map.of(
                                "TANDEM_REDIS_URL", redis.url("localhost"),
                                "TANDEM_REDIS_TLS_CA", authority.ca().toString(),
                                "TANDEM_REDIS_TLS_CERT", own.cert().toString(),
                                "TANDEM_REDIS_TLS_KEY", own.key().toString()))) {
            node.createRoom("tls");

            assertThat(console.tandemConnections()).isEqualTo(node.connectionNames());
            assertThat(console.otherConnections()).isEqualTo(2);
        }
    }

    @Test
    void nodeThatDoesNotTrustRedisWaitsAndSaysWhy() {
        Certificates authority = Certificates.create();
        Certificates.Pair server = authority.issue("server", "dns:localhost");
        try (TlsRedis redis = TlsRedis.start(authority, server, "no");
                RedisConsole console = redis.console();
                TandemNode node = TandemNode.launch("strict", Map.of("TANDEM_REDIS_URL", redis.url("localhost")))) {
            awaitRefusal(node);

            assertThat(node.log()).contains("unable to find valid certification path to requested target");
            assertThat(console.tandemConnections()).isEmpty();
        }
    }

    @Test
    void nodeWhoseFilesAreMissingDoesNotStart() {
        try (TandemNode node = TandemNode.launch(
                "missing",
                Map.of("TANDEM_REDIS_URL", "rediss://localhost", "TANDEM_REDIS_TLS_CA", "/nowhere/ca.pem"))) {
            assertThat(node.awaitExit()).isNotZero();
            assertThat(node.log()).contains("tandem.redis.tls.ca: there is no file that can be read: /nowhere/ca.pem");
        }
    }

    @Test
    void nodeKeepsEverythingInItsDatabaseAndItsPasswordToItself() {
        try (RedisProcess redis = protectedRedis();
                RedisConsole console = redis.console();
                TandemNode node =
                        TandemNode.start("acl", Map.of("TANDEM_REDIS_URL", url(redis, "pa%2Bss%40word") + "/3"))) {
            node.createRoom("acl");

            assertThat(console.command("DBSIZE")).isEqualTo(0L);
            console.command("SELECT", "3");
            assertThat((Long) console.command("DBSIZE")).isPositive();
            assertThat(console.tandemConnections()).isEqualTo(node.connectionNames());
            assertThat(console.otherConnections()).isEqualTo(2);
            assertThat(node.log())
                    .contains("role=commands connecting -> ready")
                    .doesNotContain("pa+ss@word", "pa%2Bss%40word");
        }
    }

    @Test
    void nodeWithAWrongPasswordWaitsAndSaysWhy() {
        try (RedisProcess redis = protectedRedis();
                TandemNode node =
                        TandemNode.launch("wrong", Map.of("TANDEM_REDIS_URL", url(redis, "wr%2Bong%40word")))) {
            awaitRefusal(node);

            assertThat(node.log())
                    .contains("WRONGPASS invalid username-password pair or user is disabled")
                    .doesNotContain("wr+ong@word", "wr%2Bong%40word");
        }
    }

    @Test
    void nodeFollowsThePrimaryWhenItDies() {
        try (RedisProcess primary = RedisProcess.start();
                RedisProcess replica = RedisProcess.replicaOf(primary);
                SentinelProcess sentinel = SentinelProcess.watching(primary).awaitReplicas(1);
                RedisConsole watcher = sentinel.console();
                TandemNode node = TandemNode.start("follower", sentinels(sentinel))) {
            node.createRoom("before");
            try (RedisConsole console = replica.console()) {
                await().until(() ->
                        console.command("EXISTS", "room:{before}:details").equals(1L));
            }

            primary.kill();

            await().atMost(SOON).until(() -> connections(replica).equals(node.connectionNames()));
            await().atMost(SOON).until(node::isReady);
            assertThat(node.get("/api/rooms/before").statusCode()).isEqualTo(200);
            node.createRoom("after");
            try (RedisConsole console = replica.console()) {
                assertThat(console.otherConnectionsButSentinels()).isEqualTo(2);
            }
            await().until(() -> watcher.otherConnections() == 0);
        }
    }

    @Test
    void nodeFollowsThePrimaryWhenItIsReplacedAlive() {
        try (RedisProcess primary = RedisProcess.start();
                RedisProcess replica = RedisProcess.replicaOf(primary);
                SentinelProcess sentinel = SentinelProcess.watching(primary).awaitReplicas(1);
                RedisConsole watcher = sentinel.console();
                TandemNode node = TandemNode.start("mover", sentinels(sentinel))) {
            assertThat(connections(primary)).isEqualTo(node.connectionNames());

            watcher.command("SENTINEL", "FAILOVER", SentinelProcess.MASTER);

            // A server that becomes the primary, or is it no longer, closes its clients' connections, the test's too.
            await().atMost(SOON)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> connections(replica).equals(node.connectionNames()));
            await().atMost(SOON).until(node::isReady);
            node.createRoom("after");
            await().atMost(SOON)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> connections(primary).isEmpty());
        }
    }

    @Test
    void nodeLeavesAServerThatTakesNoWrites() {
        try (RedisProcess redis = RedisProcess.start();
                RedisProcess other = RedisProcess.start();
                RedisConsole console = redis.console();
                TandemNode node = TandemNode.start("demoted", redis, Map.of())) {
            console.command("REPLICAOF", "127.0.0.1", Integer.toString(other.port()));

            assertThat(node.post("/api/rooms", "{\"id\":\"refused\"}").statusCode())
                    .isEqualTo(503);

            awaitRefusal(node);
            assertThat(node.log())
                    .containsPattern("role=commands ready -> waiting .*read-only replica")
                    .containsPattern("role=pubsub ready -> waiting .*read-only replica");
            await().atMost(SOON).until(() -> node.log().contains("Redis there is no primary: role=slave"));

            console.command("REPLICAOF", "NO", "ONE");

            await().atMost(SOON).until(node::isReady);
            node.createRoom("taken");
        }
    }

    /** Asks on a connection that is new, because the sentinel closes all others when it promotes a server. */
    private static List<String> connections(RedisProcess redis) {
        try (RedisConsole console = redis.console()) {
            return console.tandemConnections();
        }
    }

    private static Map<String, String> sentinels(SentinelProcess sentinel) {
        return Map.of(
                "TANDEM_REDIS_SENTINEL_MASTER",
                SentinelProcess.MASTER,
                "TANDEM_REDIS_SENTINEL_NODES",
                "127.0.0.1:1, " + sentinel.node());
    }

    @Test
    void messageIsAcknowledgedWhenAReplicaHasIt() {
        try (RedisProcess primary = RedisProcess.start();
                RedisProcess replica = RedisProcess.replicaOf(primary);
                RedisConsole console = primary.console();
                TandemNode node = TandemNode.start(
                        "careful",
                        primary,
                        Map.of("TANDEM_REDIS_MIN_REPLICAS", "1", "TANDEM_REDIS_REPLICA_TIMEOUT", "1500ms"))) {
            String messages = "/api/rooms/" + node.createRoom("careful") + "/messages";
            assertThat(node.post(messages, message("one")).statusCode()).isEqualTo(201);

            replica.hang();
            HttpResponse<String> unknown = node.post(messages, message("two"));
            replica.goOn();

            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(TandemNode.json(unknown).path("code").asText()).isEqualTo("outcome_unknown");
            await().atMost(SOON).until(() -> node.post(messages, message("two")).statusCode() == 200);
            assertThat(node.history("careful")).hasSize(2);
            assertThat(console.tandemConnections()).isEqualTo(node.connectionNames());
        }
    }

    @Test
    void replicasAreNotAskedUnlessWanted() {
        try (RedisProcess primary = RedisProcess.start();
                RedisProcess replica = RedisProcess.replicaOf(primary);
                TandemNode node = TandemNode.start("swift", primary, Map.of())) {
            String messages = "/api/rooms/" + node.createRoom("swift") + "/messages";

            replica.hang();
            int status = node.post(messages, message("one")).statusCode();
            replica.goOn();

            assertThat(status).isEqualTo(201);
        }
    }

    @Test
    void nodeDoesNotStartThatWouldWaitLongerForReplicasThanForRedis() {
        try (TandemNode node = TandemNode.launch(
                "patient",
                Map.of(
                        "TANDEM_REDIS_URL", "redis://127.0.0.1:1",
                        "TANDEM_REDIS_MIN_REPLICAS", "1",
                        "TANDEM_REDIS_REPLICA_TIMEOUT", "2s"))) {
            assertThat(node.awaitExit()).isNotZero();
            assertThat(node.log()).contains("tandem.redis.replica-timeout must be");
        }
    }

    private static String message(String id) {
        return "{\"id\":\"" + id + "\",\"text\":\"hello\"}";
    }

    private static RedisProcess protectedRedis() {
        return RedisProcess.start(
                "--requirepass", "default's", "--user", "tandem", "on", ">pa+ss@word", "~*", "&*", "+@all");
    }

    private static String url(RedisProcess redis, String password) {
        return "redis://tandem:" + password + "@127.0.0.1:" + redis.port();
    }

    /** The node answers, is not ready, and shows that it waits to connect again. */
    private static void awaitRefusal(TandemNode node) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(node.get("/q/health/ready"))
                        .satisfies(health -> assertThat(health.statusCode()).isEqualTo(503))
                        .satisfies(health -> assertThat(health.body())
                                .containsPattern("\"commands\": ?\"waiting attempt=\\d+ delay=\\d+ms cause=.+")
                                .containsPattern("\"pubsub\": ?\"waiting attempt=\\d+ delay=\\d+ms cause=.+")));
    }
}
