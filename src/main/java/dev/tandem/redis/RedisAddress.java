package dev.tandem.redis;

import java.net.URI;

/** Where Redis is: the URL to connect to, and the same without its secrets, for logs. */
record RedisAddress(String url) {

    /** A text that may be logged: scheme, host, port and database. */
    String displayed() {
        URI uri = URI.create(url);
        int port = uri.getPort() < 0 ? 6379 : uri.getPort();
        return "%s://%s:%d%s"
                .formatted(uri.getScheme(), uri.getHost(), port, uri.getPath() == null ? "" : uri.getPath());
    }

    @Override
    public String toString() {
        return displayed();
    }
}
