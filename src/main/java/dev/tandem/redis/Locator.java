package dev.tandem.redis;

import io.vertx.core.Future;

/** Knows where the Redis is that a node should use. Asked before every attempt to connect, on the pair's event loop. */
interface Locator {

    /** The address to connect to now; fails, in bounded time, if nobody can say. */
    Future<RedisAddress> find();

    /** A text for logs, without secrets. */
    String displayed();
}
