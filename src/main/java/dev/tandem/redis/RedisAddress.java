package dev.tandem.redis;

import java.net.URI;
import java.net.URISyntaxException;

/** Where Redis is: the URL to connect to, and the same without its secrets, for logs. Fails if it is no URL of a Redis. */
record RedisAddress(String url) {
    private static final int DEFAULT_PORT = 6379;

    RedisAddress {
        URI uri = parse(url);
        boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!known || uri.getHost() == null) {
            throw malformed();
        }
    }

    /** A text that may be logged: scheme, host, port and database. */
    String displayed() {
        URI uri = parse(url);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return "%s://%s:%d%s".formatted(uri.getScheme(), uri.getHost(), port, uri.getPath());
    }

    boolean isTls() {
        return url.startsWith("rediss:");
    }

    @Override
    public String toString() {
        return displayed();
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException secretInside) {
            throw malformed();
        }
    }

    /** Does not repeat the URL, which may hold a password. */
    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "tandem.redis.url must be redis://[user:password@]host[:port][/database], or rediss:// for TLS; what stands"
                        + " in the password must be URL-encoded.");
    }
}
