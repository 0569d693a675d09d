/**
 * The pair: the two Redis connections that a node holds, and the only package that opens, heals and closes them.
 *
 * <p>Start at {@link dev.tandem.redis.RedisPair}, which makes both and ties them to the life of the application. A
 * {@link dev.tandem.redis.Link} keeps one connection alive through its {@link dev.tandem.redis.LinkState states};
 * {@link dev.tandem.redis.Dialer} makes it, to where a {@link dev.tandem.redis.Locator} says that Redis is;
 * {@link dev.tandem.redis.CommandLane} is what everything is sent through (pipelined, bounded, with deadlines);
 * {@link dev.tandem.redis.PubSubLane} is what everything published comes in through. {@link dev.tandem.redis.EmbeddedRedis}
 * is the Redis that is started where none is configured.
 *
 * <p>Features inject {@link dev.tandem.redis.Commands}, {@link dev.tandem.redis.Scripts}, {@link dev.tandem.redis.PubSub}, or a
 * {@code ReactiveRedisDataSource}, all over the same two connections. Both live on one event loop, {@link
 * dev.tandem.redis.RedisLoop}, so that their state needs no locks. This package knows no room and no message.
 */
package dev.tandem.redis;
