package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies what is made of the settings about a cluster, and which are refused. */
class ClusterSettingsTest {

    @Test
    void areEmptyWhereNoneAreSet() {
        assertThat(ClusterSettings.of(config(Map.of("url", "redis://host")))).isEmpty();
    }

    @Test
    void takeLoginAndEncryptionFromTheUrl() {
        ClusterSettings settings = ClusterSettings.of(config(
                        Map.of("url", "rediss://user:pass@ignored:1", "cluster.nodes", "one:7000, [fd00::2]:7001")))
                .orElseThrow();

        assertThat(settings.seeds().stream().map(RedisAddress::url))
                .containsExactly("rediss://user:pass@one:7000", "rediss://user:pass@[fd00::2]:7001");
    }

    @Test
    void refuseADatabase() {
        assertThatThrownBy(
                        () -> ClusterSettings.of(config(Map.of("url", "redis://host/3", "cluster.nodes", "one:7000"))))
                .hasMessageContaining("A cluster has no databases");
    }

    @Test
    void refuseSentinelsBesideACluster() {
        assertThatThrownBy(() ->
                        ClusterSettings.of(config(Map.of("sentinel.master", "main", "cluster.nodes", "one:7000"))))
                .hasMessageContainingAll("tandem.redis.cluster.nodes", "tandem.redis.sentinel.master");
    }

    @Test
    void malformedNodeIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> ClusterSettings.of(
                        config(Map.of("url", "redis://user:secret@host", "cluster.nodes", "one two"))))
                .hasNoCause()
                .hasMessageContainingAll("tandem.redis.cluster.nodes", "one two")
                .hasMessageNotContaining("secret");
    }

    private static RedisConfig config(Map<String, String> settings) {
        return SentinelSettingsTest.config(settings);
    }
}
