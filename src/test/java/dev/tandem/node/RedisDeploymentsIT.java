package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.Certificates;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.TlsRedis;
import java.time.Duration;
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
                                .containsPattern("\"commands\": ?\"waiting\"")
                                .containsPattern("\"pubsub\": ?\"waiting\"")));
    }
}
