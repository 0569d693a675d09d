package dev.tandem.redis;

import io.vertx.core.Future;

/** The one Redis at a configured address. */
record FixedLocator(RedisAddress address) implements Locator {

    @Override
    public Future<RedisAddress> find() {
        return Future.succeededFuture(address);
    }

    @Override
    public String displayed() {
        return address.displayed();
    }
}
