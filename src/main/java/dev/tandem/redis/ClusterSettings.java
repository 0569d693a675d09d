package dev.tandem.redis;

import java.util.List;
import java.util.Optional;

/** What is configured about a cluster, made of one piece. Fails, naming the setting, where it makes no sense. */
record ClusterSettings(List<RedisAddress> seeds) {
    private static final String NODES = "tandem.redis.cluster.nodes";

    /** Empty if no cluster is configured. */
    static Optional<ClusterSettings> of(RedisConfig config) {
        return config.cluster().nodes().map(nodes -> of(nodes, config));
    }

    /** Login and encryption, the same for every server of the cluster, are those of the URL; its host means nothing. */
    private static ClusterSettings of(List<String> nodes, RedisConfig config) {
        if (config.sentinel().master().isPresent()) {
            throw new IllegalStateException(NODES + " and tandem.redis.sentinel.master exclude each other");
        }
        RedisAddress template = new RedisAddress(config.url().orElse("redis://cluster"));
        if (template.hasDatabase()) {
            throw new IllegalStateException("A cluster has no databases: tandem.redis.url must name none");
        }
        return new ClusterSettings(
                nodes.stream().map(node -> seed(node.strip(), template)).toList());
    }

    private static RedisAddress seed(String node, RedisAddress template) {
        try {
            return template.at(node);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(NODES + " must be host:port,host:port,...: " + node);
        }
    }
}
