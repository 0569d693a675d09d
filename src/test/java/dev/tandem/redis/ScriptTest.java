package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.redis.Commands.Effect;
import org.junit.jupiter.api.Test;

/** Verifies where a part stands that scripts have in common. */
class ScriptTest {
    private static final String PART = "local function silenced(";

    @Test
    void partStandsInFront() {
        String source = source("publish-event");

        assertThat(source.indexOf(PART)).isPositive().isLessThan(source.indexOf("redis.call('HMGET', KEYS[1]"));
    }

    @Test
    void partStandsWhereTheScriptSaysSoThatARoomWithoutRulesDoesNotPayForIt() {
        String source = source("post-message");

        assertThat(source.indexOf(PART))
                .isGreaterThan(source.indexOf("if details[2] then"))
                .isLessThan(source.indexOf("silenced(ARGV[7]"));
        assertThat(source.indexOf(PART)).isEqualTo(source.lastIndexOf(PART));
    }

    private static String source(String name) {
        return Script.load("room-rules", name, Effect.REPEATABLE).text(false).source();
    }
}
