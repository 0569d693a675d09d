package dev.tandem.redis;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** One Redis, or the primary that sentinels name. */
final class OnePrimary implements Deployment {
    private final Shards shards;
    private final Consumer<Consumer<Locator>> source;
    private volatile Locator locator;

    /** {@code source} gives the locator when there is something to locate, on any thread. */
    OnePrimary(Shard.Parts parts, Consumer<Consumer<Locator>> source) {
        this.shards = new Shards(new Shard("", parts, this));
        this.source = source;
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public void open() {
        shards.all().forEach(Shard::start);
        source.accept(found -> {
            locator = found;
            shards.all().forEach(Shard::connect);
        });
    }

    @Override
    public Future<RedisAddress> find(Shard shard) {
        return locator.find();
    }

    @Override
    public boolean redirect(Shard shard, Call<?> call, Throwable reply) {
        return false;
    }

    @Override
    public void onGivenUp(Shard shard) {
        // A server that is alone serves every channel.
    }

    @Override
    public String displayed() {
        return locator == null ? "none" : locator.displayed();
    }
}
