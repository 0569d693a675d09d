package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.DialerBench.Tls;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that the primary is where the sentinels say, whichever of them can say it, and that nobody else is taken for it. */
class SentinelLocatorTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static RedisProcess primary;
    private static SentinelProcess sentinel;
    private static DialerBench bench;
    private static Opener opener;

    @BeforeAll
    static void start() {
        primary = RedisProcess.start("--requirepass", "the primary's");
        sentinel = SentinelProcess.watching(primary);
        bench = new DialerBench();
        opener = bench.opener(Tls.UNSET, TIMEOUT);
    }

    @AfterAll
    static void stop() {
        bench.close();
        sentinel.close();
        primary.close();
    }

    @Test
    void connectsToThePrimaryAndKeepsNoConnectionToASentinel() throws Throwable {
        DialedConnection dialed = bench.dial(opener, locator("tandem", sentinel.node()));

        assertThat(DialerBench.send(dialed, Command.ROLE).get(0)).hasToString("master");
        assertThat(DialerBench.send(dialed, Command.CLIENT, "INFO").toString()).contains(" db=5 ");
        try (RedisConsole console = sentinel.console()) {
            await().until(() -> console.otherConnections() == 0);
        }
    }

    @Test
    void asksTheNextSentinelWhereOneIsGone() throws Throwable {
        String gone = "127.0.0.1:" + FreePorts.next();

        DialedConnection dialed = bench.dial(opener, locator("tandem", gone, sentinel.node()));

        assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
    }

    @Test
    void asksTheNextSentinelWhereOneHangs() throws Throwable {
        try (SentinelProcess hanging = SentinelProcess.watching(primary)) {
            hanging.hang();

            DialedConnection dialed = bench.dial(opener, locator("tandem", hanging.node(), sentinel.node()));

            assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
        }
    }

    @Test
    void failsWithTheReasonOfEachWhereNoSentinelKnows() {
        String gone = "127.0.0.1:" + FreePorts.next();

        assertThatThrownBy(() -> bench.dial(opener, locator("stranger", gone, sentinel.node())))
                .hasMessageContainingAll("'stranger'", gone, "Connection refused", sentinel.node(), "does not know it");
    }

    @Test
    void refusesAServerThatIsNoPrimary() {
        try (RedisProcess plain = RedisProcess.start();
                RedisProcess replica = RedisProcess.replicaOf(plain);
                SentinelProcess mistaken = SentinelProcess.watching(replica)) {
            SentinelLocator mistakes =
                    new SentinelLocator(opener, new Settings("tandem", List.of(mistaken.node()), "").read("redis://x"));

            assertThatThrownBy(() -> bench.dial(opener, mistakes)).hasMessageContaining("no primary: role=slave");
        }
    }

    @Test
    void sentinelsMayWantAPassword() throws Throwable {
        try (SentinelProcess guarded = SentinelProcess.watching(primary, "watch+dog")) {
            Settings settings = new Settings("tandem", List.of(guarded.node()), "watch+dog");

            DialedConnection dialed = bench.dial(opener, new SentinelLocator(opener, settings.read()));

            assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
            assertThatThrownBy(() -> bench.dial(opener, locator("tandem", guarded.node())))
                    .hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void isShownWithoutSecrets() {
        Settings settings = new Settings("tandem", List.of("one:26380", "two"), "watch+dog");

        assertThat(new SentinelLocator(opener, settings.read()).displayed())
                .isEqualTo("primary tandem of [redis://one:26380, redis://two:26379]");
    }

    private static SentinelLocator locator(String master, String... nodes) {
        return new SentinelLocator(opener, new Settings(master, List.of(nodes), "").read());
    }

    /** What stands in the settings: the primary has a password and is used with database 5; its host in the URL means nothing. */
    private record Settings(String master, List<String> nodes, String password) {
        SentinelSettings read() {
            return read("redis://:the%20primary's@nowhere.invalid/5");
        }

        SentinelSettings read(String template) {
            List<RedisAddress> sentinels = nodes.stream()
                    .map(node -> SentinelSettings.sentinel(node, false, "default", password))
                    .toList();
            return new SentinelSettings(master, sentinels, new RedisAddress(template));
        }
    }
}
