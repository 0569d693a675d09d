package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks servers of a cluster who has which slots, one after another until one says: first those that the node is connected to, over the
 * connections that are there; else those it knows of, each on a connection that is closed at once. Used on the pair's event loop.
 */
final class ClusterInquiry {
    private static final Request SLOTS = Request.cmd(Command.CLUSTER).arg("SLOTS");

    private final Opener opener;
    private final ClusterSettings settings;
    private final Duration timeout;
    /** Whom to ask first; the next time it is another. */
    private int turn;

    ClusterInquiry(Opener opener, ClusterSettings settings, Duration timeout) {
        this.opener = opener;
        this.settings = settings;
        this.timeout = timeout;
    }

    /** Fails, after the timeouts of all that were asked, if none of them says. {@code first} may be null. */
    Future<ClusterTopology> ask(List<Shard> shards, Shard first) {
        List<Shard> ready = shards.stream()
                .filter(shard -> shard.link(Role.COMMANDS).isReady())
                .toList();
        turn = ready.contains(first) ? ready.indexOf(first) : turn + 1;
        return askConnected(ready, 0).recover(nobody -> askOthers(List.copyOf(known(shards))));
    }

    private Future<ClusterTopology> askConnected(List<Shard> ready, int asked) {
        if (asked == ready.size()) {
            return Future.failedFuture("no server that is connected says");
        }
        Shard shard = ready.get((turn + asked) % ready.size());
        return ask(shard).recover(failure -> askConnected(ready, asked + 1));
    }

    private Future<ClusterTopology> ask(Shard shard) {
        RedisAddress address = shard.primary();
        Call<Response> call = Call.single(Commands.Effect.ONCE, SLOTS, System.nanoTime() + timeout.toNanos());
        shard.commands().accept(call);
        return call.future().map(slots -> ClusterTopology.of(slots, address));
    }

    private Set<RedisAddress> known(List<Shard> shards) {
        Set<RedisAddress> known = new LinkedHashSet<>();
        shards.stream().map(Shard::primary).filter(address -> address != null).forEach(known::add);
        known.addAll(settings.seeds());
        return known;
    }

    private Future<ClusterTopology> askOthers(List<RedisAddress> others) {
        return askOthers(others, 0, new ArrayList<>());
    }

    private Future<ClusterTopology> askOthers(List<RedisAddress> others, int asked, List<String> refusals) {
        if (asked == others.size()) {
            return Future.failedFuture("no server says who is in the cluster: " + String.join("; ", refusals));
        }
        RedisAddress other = others.get((turn + asked) % others.size());
        return ask(other).recover(failure -> {
            refusals.add(other + " " + RedisFailures.reason(failure));
            return askOthers(others, asked + 1, refusals);
        });
    }

    private Future<ClusterTopology> ask(RedisAddress other) {
        Promise<Response> answer = Promise.promise();
        return opener.open(other, "cluster", connection -> question(connection, answer))
                .onSuccess(DialedConnection::destroy)
                .compose(asked -> answer.future())
                .map(slots -> ClusterTopology.of(slots, other));
    }

    /** Part of the setup of the connection, so that its bound is that of the answer too. */
    private static Future<RedisConnection> question(RedisConnection connection, Promise<Response> answer) {
        return connection.send(SLOTS).onSuccess(answer::complete).map(connection);
    }
}
