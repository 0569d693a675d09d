package dev.tandem.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Where Redis is: the URL to connect to, and the same without its secrets, for logs. Fails if it is no URL of a Redis. */
record RedisAddress(String url) {
    private static final int DEFAULT_PORT = 6379;
    private static final Pattern DATABASE = Pattern.compile("(/\\d{0,6})?");

    RedisAddress {
        URI uri = parse(url);
        boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        if (!known
                || uri.getHost() == null
                || !DATABASE.matcher(uri.getRawPath()).matches()) {
            throw malformed();
        }
    }

    /** A text that may be logged: scheme, host, port and database. */
    String displayed() {
        URI uri = parse(url);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return "%s://%s:%d%s".formatted(uri.getScheme(), uri.getHost(), port, uri.getPath());
    }

    /** The URL in the words of the client library, which would take a plus sign in a password for a space. */
    String connectionString() {
        URI uri = parse(url);
        String user = uri.getRawUserInfo();
        if (user == null) {
            return url;
        }
        String before = uri.getScheme() + "://";
        return before + user.replace("+", "%2B") + url.substring(before.length() + user.length());
    }

    /** Another server, with the same login, database and encryption. */
    RedisAddress at(String host, int port) {
        return at((host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** The same, of {@code host} or {@code host:port}, where an IPv6 address stands in brackets. */
    RedisAddress at(String hostAndPort) {
        URI uri = parse(url);
        String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        return new RedisAddress(uri.getScheme() + "://" + login + hostAndPort + uri.getRawPath());
    }

    /** Another port of the same host. */
    RedisAddress withPort(int port) {
        return at(parse(url).getHost() + ":" + port);
    }

    /** True if it names another database than the first. */
    boolean hasDatabase() {
        return !List.of("", "/", "/0").contains(parse(url).getPath());
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
