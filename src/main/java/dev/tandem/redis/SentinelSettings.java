package dev.tandem.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What is configured about sentinels, made of one piece. Every method fails, naming the setting, where it makes no sense. */
record SentinelSettings(String master, List<RedisAddress> sentinels, RedisAddress template) {
    private static final String PREFIX = "tandem.redis.sentinel.";
    private static final int DEFAULT_PORT = 26379;

    /** Empty if no sentinels are configured. */
    static Optional<SentinelSettings> of(RedisConfig config) {
        RedisConfig.Sentinel sentinel = config.sentinel();
        if (sentinel.master().isPresent() != sentinel.nodes().isPresent()) {
            throw new IllegalStateException(
                    PREFIX + "master and " + PREFIX + "nodes go together: one of them is not set");
        }
        return sentinel.master().map(master -> of(master, config));
    }

    private static SentinelSettings of(String master, RedisConfig config) {
        RedisAddress template = new RedisAddress(config.url().orElse("redis://primary"));
        String user = config.sentinel().user().orElse("default");
        String password = config.sentinel().password().orElse("");
        List<RedisAddress> sentinels = config.sentinel().nodes().orElseThrow().stream()
                .map(node -> sentinel(node.strip(), template.isTls(), user, password))
                .toList();
        return new SentinelSettings(master, sentinels, template);
    }

    /** Sentinels are spoken to as the primary is: encrypted or not. No login if the password is empty. */
    static RedisAddress sentinel(String node, boolean tls, String user, String password) {
        String scheme = tls ? "rediss://" : "redis://";
        String login = password.isEmpty() ? "" : encode(user) + ":" + encode(password) + "@";
        boolean hasPort = node.matches(".*:\\d{1,5}");
        try {
            return new RedisAddress(scheme + login + (hasPort ? node : node + ":" + DEFAULT_PORT));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(PREFIX + "nodes must be host:port,host:port,...: " + node);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
