package dev.tandem.internode;

import dev.tandem.id.NodeId;
import dev.tandem.redis.TestPair;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The way to other nodes as a node has it, without the node. */
public final class TestNodes {
    private TestNodes() {}

    public static Nodes open(NodeId self, TestPair pair) {
        InternodeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(InternodeConfig.class)
                .build()
                .getConfigMapping(InternodeConfig.class);
        Nodes nodes = new Nodes(
                self, pair.vertx(), pair.loop(), pair.commands(), pair.pubSub(), config, new SimpleMeterRegistry());
        nodes.start(null);
        return nodes;
    }
}
