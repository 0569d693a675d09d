package dev.tandem.redis;

import io.vertx.core.Future;

/** What Redis is made of: one primary, or the shards of a cluster. Used on the pair's event loop only. */
sealed interface Deployment permits OnePrimary, Cluster {

    /** The shards; at least one. */
    Shards shards();

    /** Begins to connect; fails if the settings make no sense. From any thread. */
    void open();

    /** Where to connect to for the shard now; fails, in bounded time, if nobody can say. */
    Future<RedisAddress> find(Shard shard);

    /** The shard's server did nothing and said {@code reply}: true if the call belongs elsewhere, and is on its way there. */
    boolean redirect(Shard shard, Call<?> call, Throwable reply);

    /** The shard's server has given up a subscription by itself. */
    void onGivenUp(Shard shard);

    /** A text for logs, without secrets. */
    String displayed();
}
