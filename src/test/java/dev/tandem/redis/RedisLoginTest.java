package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.redis.DialerBench.Tls;
import io.vertx.redis.client.Command;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that user, password and database of a Redis URL are used as they stand there. */
class RedisLoginTest {
    private static RedisProcess redis;
    private static RedisConsole console;
    private static DialerBench bench;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start(
                "--requirepass", "default's", "--user", "tandem", "on", ">fixed", "~*", "&*", "+@all");
        console = redis.console();
        bench = new DialerBench();
    }

    @AfterAll
    static void stop() {
        bench.close();
        console.close();
        redis.close();
    }

    @Test
    void userLogsInToItsDatabase() throws Throwable {
        DialedConnection dialed = bench.dial(url("tandem:fixed", "/3"), Tls.UNSET);

        DialerBench.send(dialed, Command.SET, "key", "value");

        assertThat(DialerBench.send(dialed, Command.ACL, "WHOAMI")).hasToString("tandem");
        assertThat(console.command("EXISTS", "key")).isEqualTo(0L);
        console.command("SELECT", "3");
        assertThat(console.command("GET", "key")).isEqualTo("value");
        console.command("SELECT", "0");
    }

    @Test
    void passwordAloneIsThatOfTheDefaultUser() throws Throwable {
        DialedConnection dialed = bench.dial(url(":default's", ""), Tls.UNSET);

        assertThat(DialerBench.send(dialed, Command.ACL, "WHOAMI")).hasToString("default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p@ss:w/rd?#[]", "100%", "a+b c", "üñ€", "%2B", "quote\"'\\"})
    void passwordMayHaveAnyCharacterThatIsEncoded(String password) throws Throwable {
        console.command("ACL", "SETUSER", "special", "reset", "on", ">" + password, "~*", "+@all");
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");

        DialedConnection dialed = bench.dial(url("special:" + encoded, ""), Tls.UNSET);

        assertThat(DialerBench.send(dialed, Command.ACL, "WHOAMI")).hasToString("special");
    }

    @Test
    void plusSignNeedsNoEncoding() throws Throwable {
        console.command("ACL", "SETUSER", "plus", "reset", "on", ">a+b", "~*", "+@all");

        DialedConnection dialed = bench.dial(url("plus:a+b", ""), Tls.UNSET);

        assertThat(DialerBench.send(dialed, Command.ACL, "WHOAMI")).hasToString("plus");
    }

    @Test
    void wrongPasswordIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> bench.dial(url("tandem:mistaken", ""), Tls.UNSET))
                .hasMessageStartingWith("WRONGPASS")
                .hasMessageNotContaining("mistaken");
    }

    @Test
    void userNeedsNotBeAllowedToAskForTheRole() throws Throwable {
        console.command("ACL", "SETUSER", "modest", "reset", "on", ">pw", "~*", "+@all", "-role");

        DialedConnection dialed = bench.dial(url("modest:pw", ""), Tls.UNSET);

        assertThat(DialerBench.send(dialed, Command.PING)).hasToString("PONG");
    }

    @Test
    void missingPasswordIsRefused() {
        assertThatThrownBy(() -> bench.dial(redis.url(), Tls.UNSET)).hasMessageStartingWith("NOAUTH");
    }

    private static String url(String login, String database) {
        return "redis://" + login + "@127.0.0.1:" + redis.port() + database;
    }
}
