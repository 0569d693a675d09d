package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Keeps the shards in step with a Redis Cluster. Who has which slots is asked before each attempt to connect, whenever a server
 * says that something belongs elsewhere, and every so often. A shard outlives its primary: where a replica takes over, the shard's
 * connections go there, and with them what waits and what is subscribed.
 */
final class Cluster implements Deployment {
    private static final Logger LOG = Logger.getLogger(Cluster.class);
    private static final long PAUSE_MILLIS = 50;
    private static final long RETRY_MILLIS = 500;

    private final Shard.Parts parts;
    private final ClusterSettings settings;
    private final ClusterInquiry inquiry;
    private final Shards shards;
    private Future<Void> refreshing;
    private Future<Void> refreshingAgain;
    private int made;
    private int paused;

    Cluster(Shard.Parts parts, ClusterSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.inquiry =
                new ClusterInquiry(parts.opener(), settings, parts.config().connectTimeout());
        this.shards = new Shards(make());
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public void open() {
        parts.opener().check(settings.seeds().get(0));
        long every = parts.config().cluster().refresh().toMillis();
        parts.loop().execute(() -> parts.vertx().setPeriodic(every, timer -> refresh(null)));
        shards.all().forEach(Shard::start);
        shards.all().forEach(Shard::connect);
    }

    @Override
    public Future<RedisAddress> find(Shard shard) {
        return refresh(null)
                .compose(known -> shards.all().contains(shard)
                        ? Future.succeededFuture(shard.primary())
                        : Future.failedFuture("the cluster has no such shard any more"));
    }

    /** As long as the call's deadline has not passed; past as many as may wait, no more are taken. */
    @Override
    public boolean redirect(Shard shard, Call<?> call, Throwable reply) {
        boolean misdirected = reply instanceof ErrorType error && RedisFailures.isMisdirected(error.getMessage());
        if (!misdirected
                || call.isOverdue(System.nanoTime())
                || paused == parts.config().maxQueued()) {
            return false;
        }
        parts.meters().redirected();
        boolean again = call.redirect();
        Shard asked = asked(((ErrorType) reply).getMessage());
        if (asked != null) {
            call.ask();
            asked.commands().accept(call);
        } else {
            paused++;
            refresh(shard).onComplete(known -> resume(call, again || known.failed()));
        }
        return true;
    }

    @Override
    public void onGivenUp(Shard shard) {
        refresh(shard)
                .onSuccess(known -> shards.all().forEach(each -> each.pubSub().restore()))
                .onFailure(unknown -> parts.vertx().setTimer(RETRY_MILLIS, timer -> onGivenUp(shard)));
    }

    @Override
    public String displayed() {
        return "cluster of " + settings.seeds();
    }

    /** The shard that {@code ASK <slot> <host>:<port>} sends to; null if it says something else, or nothing is known of that. */
    private Shard asked(String reply) {
        String[] words = reply.split(" ");
        return words.length == 3 && words[0].equals("ASK")
                ? shards.at(settings.seeds().get(0).at(words[2]))
                : null;
    }

    private void resume(Call<?> call, boolean later) {
        if (later) {
            parts.vertx().setTimer(PAUSE_MILLIS, timer -> resume(call, false));
        } else {
            paused--;
            shards.route(call);
        }
    }

    /**
     * Completes when the shards are as the cluster says; fails if nobody says. The server of {@code informed}, which may be null, is
     * asked first: who sends others away knows where to, so its answer must be newer than that. Apart from this, those who ask at the
     * same time get one answer.
     */
    private Future<Void> refresh(Shard informed) {
        if (refreshing == null) {
            Future<Void> asked = inquiry.ask(shards.all(), informed).compose(this::apply);
            refreshing = asked;
            asked.onComplete(done -> refreshing = null);
            return asked;
        }
        return informed == null ? refreshing : refreshAgain(informed);
    }

    private Future<Void> refreshAgain(Shard informed) {
        if (refreshingAgain == null) {
            refreshingAgain = refreshing.transform(outdated -> {
                refreshingAgain = null;
                return refresh(informed);
            });
        }
        return refreshingAgain;
    }

    private Future<Void> apply(ClusterTopology topology) {
        if (topology.ranges().isEmpty()) {
            return Future.failedFuture("the cluster serves no slots");
        }
        Set<RedisAddress> unserved = new LinkedHashSet<>(topology.primaries());
        List<Shard> orphans = new ArrayList<>(shards.all());
        orphans.removeIf(shard -> unserved.remove(shard.primary()));
        unserved.forEach(primary -> serve(primary, orphans, topology));
        orphans.forEach(shards::remove);
        shards.assign(topology);
        shards.all().forEach(shards::settle);
        orphans.forEach(this::retire);
        return Future.succeededFuture();
    }

    /** The shard that had most of these slots, and whose primary is gone, goes on with the new one; if there is none, another does. */
    private void serve(RedisAddress primary, List<Shard> orphans, ClusterTopology topology) {
        Map<Shard, Integer> heirs = new HashMap<>();
        for (ClusterTopology.Range range : topology.ranges()) {
            for (int slot = range.first(); range.primary().equals(primary) && slot <= range.last(); slot++) {
                heirs.merge(shards.of(slot), 1, Integer::sum);
            }
        }
        heirs.keySet().retainAll(orphans);
        Shard heir = heirs.isEmpty()
                ? more()
                : Collections.max(heirs.entrySet(), Map.Entry.comparingByValue())
                        .getKey();
        orphans.remove(heir);
        LOG.infof("Redis Cluster: shard=%s primary=%s", heir.name(), primary);
        heir.moveTo(primary);
    }

    private Shard more() {
        Shard more = make();
        shards.add(more);
        more.start();
        more.connect();
        return more;
    }

    private Shard make() {
        made++;
        return new Shard(Integer.toString(made), parts, this);
    }

    /** Nothing goes there any more; what is under way ends, and what cannot be said to have ended goes where it belongs now. */
    private void retire(Shard shard) {
        LOG.infof("Redis Cluster: shard=%s has no slots any more", shard.name());
        shards.settle(shard);
        shard.close(parts.config().closeTimeout()).onComplete(closed -> shards.settle(shard));
    }
}
