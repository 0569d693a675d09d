package dev.tandem.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.node.TandemNode;
import dev.tandem.redis.RedisCluster;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Verifies, under faults drawn from a seed, that what was acknowledged is in the history exactly once; that every client sees every
 * message of its room exactly once and in order, or is told that it missed something; that what was not acknowledged is there at most
 * once; and that no node ever holds more connections than it may.
 *
 * <p>{@code -Dtandem.torture.seconds=60 -Dtandem.torture.seed=7} make it longer, or the same again.
 */
class TortureIT {
    private static final String HISTORY = "TANDEM_ROOMS_HISTORY";

    @Test
    void nothingAcknowledgedIsLostRepeatedOrSwapped() {
        try (Torture torture = new Torture();
                RedisProcess redis = RedisProcess.start();
                RedisProxy toAda = RedisProxy.start(redis);
                RedisProxy toBen = RedisProxy.start(redis);
                TandemNode ada = TandemNode.start("ada", settings(toAda));
                TandemNode ben = TandemNode.start("ben", settings(toBen))) {
            Fault.Redis tormented = new Fault.Redis(redis, toAda, toBen);

            torture.run(ada, ben, random -> Fault.inflictOne(tormented, random));

            assertThat(toAda.mostOpen()).as("connections at any time").isLessThanOrEqualTo(2);
            assertThat(toBen.mostOpen()).as("connections at any time").isLessThanOrEqualTo(2);
            torture.pass();
        }
    }

    /** With an acknowledgement by the replica, since one that takes over would else lack what its primary had no time to tell. */
    @Test
    void norIsItInAClusterWhosePrimariesDie() {
        try (Torture torture = new Torture();
                RedisCluster cluster = RedisCluster.start(3);
                TandemNode ada = TandemNode.start("ada", settings(cluster));
                TandemNode ben = TandemNode.start("ben", settings(cluster))) {
            torture.run(ada, ben, random -> ClusterFault.inflictOne(cluster, random));

            for (RedisCluster.Member primary : cluster.presentPrimaries()) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(primary.connections("tandem:"))
                                .as("connections to a primary")
                                .hasSize(4));
            }
            torture.pass();
        }
    }

    private static Map<String, String> settings(RedisProxy proxy) {
        return Map.of(HISTORY, "1000000", "TANDEM_REDIS_URL", proxy.url());
    }

    private static Map<String, String> settings(RedisCluster cluster) {
        return Map.of(
                HISTORY,
                "1000000",
                "TANDEM_REDIS_CLUSTER_NODES",
                cluster.nodes(),
                "TANDEM_REDIS_MIN_REPLICAS",
                "1",
                "TANDEM_REDIS_REPLICA_TIMEOUT",
                "500ms");
    }
}
