package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * What is published on one server comes in through this. Only commands that subscribe and give up are ever sent on the connection
 * before the final QUIT: the client library would take a published message for the reply of any other command. State is touched
 * on the pair's event loop only.
 */
final class PubSubLane implements Link.Owner {
    private static final Logger LOG = Logger.getLogger(PubSubLane.class);

    private static final String ECHO = "tandem:echo";

    /** The ways of listening (Redis, "Pub/Sub"). */
    enum Kind {
        CHANNEL,
        PATTERN,
        /** What is published in the slot of its channel's name: sharded where the server knows that, else a channel. */
        SHARDED,
        /** A channel between this node and this very server. */
        OWN
    }

    /** Hears what the server says about the place of subscriptions. Called on the pair's event loop. */
    interface Misdirection {
        /** The server no longer serves the channel of a subscription. */
        void onGivenUp();

        /** The server refused a subscription that belongs elsewhere, and nobody can say which. */
        void onRefused(String reply);
    }

    private final Vertx vertx;
    private final RedisMeters meters;
    private final Duration timeout;
    private final Misdirection misdirection;
    private final Map<Kind, Topics> topics = new EnumMap<>(Kind.class);
    private Promise<Void> restored = Promise.promise();
    private Runnable onEcho = () -> {};
    private long pushes;

    PubSubLane(Vertx vertx, Duration timeout, RedisMeters meters, Misdirection misdirection) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.meters = meters;
        this.misdirection = misdirection;
        topics.put(Kind.CHANNEL, new Topics(Topics.Verbs.CHANNELS));
        topics.put(Kind.PATTERN, new Topics(Topics.Verbs.PATTERNS));
        topics.put(Kind.SHARDED, new Topics(Topics.Verbs.SHARDED));
        topics.put(Kind.OWN, new Topics(Topics.Verbs.CHANNELS));
    }

    Topics.Topic add(Kind kind, String name, PubSub.Listener listener) {
        return topics.get(kind).add(name, listener);
    }

    /** Names that are listened to here. */
    int size() {
        return topics.values().stream().mapToInt(Topics::size).sum();
    }

    /** How much has come so far, messages and confirmations. */
    long pushes() {
        return pushes;
    }

    /** Gives what belongs elsewhere to the lanes where it belongs. */
    void move(Kind kind, Predicate<String> misplaced, Function<String, PubSubLane> home) {
        for (Topics.Topic topic : topics.get(kind).takeOut(misplaced)) {
            home.apply(topic.name()).topics.get(kind).adopt(topic);
        }
    }

    /** Subscribes anew to what the server has given up by itself, where it still belongs here. */
    void restore() {
        topics.values().forEach(Topics::restore);
    }

    /**
     * Asks Redis for a sign of life on this very connection, and calls {@code onEcho} when it comes: it is told to give up a channel
     * that was never subscribed, which it confirms and which changes nothing. A PING would be answered too, but the client library
     * would take a published message for the answer.
     */
    void echo(Runnable onEcho) {
        this.onEcho = onEcho;
        topics.get(Kind.CHANNEL).giveUpAnyhow(ECHO);
    }

    /** Completes when Redis has confirmed every channel and pattern. */
    @Override
    public Future<Void> onConnected(DialedConnection fresh) {
        Promise<Void> all = Promise.promise();
        restored = all;
        fresh.connection().handler(this::onPush);
        topics.get(Kind.CHANNEL).onConnected(fresh.connection(), Topics.Verbs.CHANNELS);
        topics.get(Kind.OWN).onConnected(fresh.connection(), Topics.Verbs.CHANNELS);
        topics.get(Kind.PATTERN).onConnected(fresh.connection(), Topics.Verbs.PATTERNS);
        topics.get(Kind.SHARDED)
                .onConnected(fresh.connection(), fresh.isSharded() ? Topics.Verbs.SHARDED : Topics.Verbs.CHANNELS);
        vertx.setTimer(timeout.toMillis(), timer -> all.tryFail("subscriptions were not confirmed in time"));
        completeIfRestored();
        return all.future();
    }

    @Override
    public void onReady(DialedConnection fresh) {
        meters.resubscribed(size());
    }

    @Override
    public void onLost(String cause) {
        topics.values().forEach(Topics::onLost);
    }

    private void onPush(Response push) {
        pushes++;
        if (push.type() == ResponseType.ERROR) {
            onError(push.toString());
            return;
        }
        switch (push.get(0).toString()) {
            case "message" -> onMessage(push, 1, Kind.CHANNEL, Kind.SHARDED, Kind.OWN);
            case "smessage" -> onMessage(push, 1, Kind.SHARDED);
            case "pmessage" -> onMessage(push, 2, Kind.PATTERN);
            case "subscribe" -> onConfirmed(push, Kind.CHANNEL, Kind.SHARDED, Kind.OWN);
            case "ssubscribe" -> onConfirmed(push, Kind.SHARDED);
            case "psubscribe" -> onConfirmed(push, Kind.PATTERN);
            case "unsubscribe" -> onEchoed(push.get(1).toString());
            case "sunsubscribe" -> onGivenUp(push.get(1).toString());
            default -> LOG.tracef("Nothing to do for push %s", push.get(0));
        }
    }

    /** Which subscription was refused is not said; it ends at its deadline, unless it only came to the wrong server. */
    private void onError(String error) {
        LOG.warnf("Redis refused a subscription: reply=\"%s\"", error);
        if (RedisFailures.isMisdirected(error)) {
            restored.tryFail(error);
            misdirection.onRefused(error);
        }
    }

    private void onMessage(Response push, int channelAt, Kind... kinds) {
        String name = push.get(1).toString();
        String channel = push.get(channelAt).toString();
        Buffer payload = push.get(channelAt + 1).toBuffer();
        meters.received(payload.length());
        for (Kind kind : kinds) {
            for (PubSub.Listener listener : topics.get(kind).listeners(name)) {
                tell(listener, channel, payload);
            }
        }
    }

    /** One listener that fails must not keep the others, or later messages, from being heard. */
    private void tell(PubSub.Listener listener, String channel, Buffer payload) {
        try {
            listener.onMessage(channel, payload);
        } catch (RuntimeException failure) {
            meters.listenerFailed();
            LOG.errorf(failure, "A listener failed: channel=%s", channel);
        }
    }

    private void onConfirmed(Response push, Kind... kinds) {
        for (Kind kind : kinds) {
            topics.get(kind).onConfirmed(push.get(1).toString());
        }
        completeIfRestored();
    }

    private void onEchoed(String channel) {
        if (channel.equals(ECHO)) {
            onEcho.run();
        }
    }

    private void onGivenUp(String channel) {
        if (topics.get(Kind.SHARDED).onGivenUp(channel)) {
            misdirection.onGivenUp();
        }
    }

    private void completeIfRestored() {
        if (topics.values().stream().allMatch(Topics::isEverythingConfirmed)) {
            restored.tryComplete();
        }
    }
}
