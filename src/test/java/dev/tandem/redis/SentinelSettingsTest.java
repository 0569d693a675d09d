package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies what is made of the settings about sentinels, and which are refused. */
class SentinelSettingsTest {

    @Test
    void areEmptyWhereNoneAreSet() {
        assertThat(SentinelSettings.of(config(Map.of("url", "redis://host")))).isEmpty();
    }

    @Test
    void takeLoginDatabaseAndEncryptionOfThePrimaryFromItsUrl() {
        SentinelSettings settings = SentinelSettings.of(config(Map.of(
                        "url", "rediss://user:pass@ignored:1/3",
                        "sentinel.master", "main",
                        "sentinel.nodes", "one, two:7000",
                        "sentinel.user", "w",
                        "sentinel.password", "a b+c")))
                .orElseThrow();

        assertThat(settings.template().at("10.0.0.1", 6380).url()).isEqualTo("rediss://user:pass@10.0.0.1:6380/3");
        assertThat(settings.template().at("fd00::1", 6380).displayed()).isEqualTo("rediss://[fd00::1]:6380/3");
        assertThat(settings.sentinels().stream().map(RedisAddress::connectionString))
                .containsExactly("rediss://w:a%20b%2Bc@one:26379", "rediss://w:a%20b%2Bc@two:7000");
    }

    @Test
    void needNoUrl() {
        SentinelSettings settings = SentinelSettings.of(
                        config(Map.of("sentinel.master", "main", "sentinel.nodes", "one")))
                .orElseThrow();

        assertThat(settings.template().at("host", 6380).url()).isEqualTo("redis://host:6380");
    }

    @Test
    void nameAndNodesGoTogether() {
        assertThatThrownBy(() -> SentinelSettings.of(config(Map.of("sentinel.master", "main"))))
                .hasMessageContaining("tandem.redis.sentinel.nodes");
        assertThatThrownBy(() -> SentinelSettings.of(config(Map.of("sentinel.nodes", "one"))))
                .hasMessageContaining("tandem.redis.sentinel.master");
    }

    @Test
    void malformedNodeIsNamedWithoutThePassword() {
        Map<String, String> settings =
                Map.of("sentinel.master", "main", "sentinel.nodes", "one two", "sentinel.password", "secret");

        assertThatThrownBy(() -> SentinelSettings.of(config(settings)))
                .hasNoCause()
                .hasMessageContainingAll("tandem.redis.sentinel.nodes", "one two")
                .hasMessageNotContaining("secret");
    }

    static RedisConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RedisConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("tandem.redis." + name, value));
        return builder.build().getConfigMapping(RedisConfig.class);
    }
}
