package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * What everything published comes in through. Only SUBSCRIBE, UNSUBSCRIBE and their pattern forms are ever sent on this
 * connection before the final QUIT: the client library would take a published message for the reply of any other command.
 */
final class PubSubLane implements PubSub, Link.Owner {
    private static final Logger LOG = Logger.getLogger(PubSubLane.class);

    private static final String ECHO = "tandem:echo";

    private final Vertx vertx;
    private final RedisLoop loop;
    private final RedisMeters meters;
    private final Duration timeout;
    private final Topics channels = new Topics(Command.SUBSCRIBE, Command.UNSUBSCRIBE);
    private final Topics patterns = new Topics(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE);
    private Promise<Void> restored = Promise.promise();
    private Runnable onEcho = () -> {};

    PubSubLane(Vertx vertx, RedisLoop loop, Duration timeout, RedisMeters meters) {
        this.vertx = vertx;
        this.loop = loop;
        this.timeout = timeout;
        this.meters = meters;
        meters.watchSubscriptions(() -> channels.size() + patterns.size());
    }

    @Override
    public Uni<Subscription> subscribe(String channel, Listener listener) {
        return listen(channels, channel, listener);
    }

    @Override
    public Uni<Subscription> psubscribe(String pattern, Listener listener) {
        return listen(patterns, pattern, listener);
    }

    /** Listens for as long as the node lives, whether Redis is there yet or not. */
    void keep(String channel, Listener listener) {
        loop.execute(() -> channels.add(channel, listener));
    }

    /**
     * Asks Redis for a sign of life on this very connection, and calls {@code onEcho} when it comes: it is told to give up a channel
     * that was never subscribed, which it confirms and which changes nothing. A PING would be answered too, but the client library
     * would take a published message for the answer.
     */
    void echo(Runnable onEcho) {
        this.onEcho = onEcho;
        channels.giveUpAnyhow(ECHO);
    }

    private Uni<Subscription> listen(Topics topics, String name, Listener listener) {
        return Uni.createFrom().emitter(emitter -> loop.execute(() -> add(topics, name, listener, emitter)));
    }

    private void add(Topics topics, String name, Listener listener, UniEmitter<? super Subscription> emitter) {
        Topics.Topic topic = topics.add(name, listener);
        Subscription subscription = () -> loop.execute(() -> topics.remove(topic, listener));
        long timer = vertx.setTimer(timeout.toMillis(), late -> {
            subscription.close();
            emitter.fail(RedisFailures.unavailable("The subscription was not confirmed in time"));
        });
        topic.whenConfirmed(() -> {
            if (vertx.cancelTimer(timer)) {
                emitter.complete(subscription);
            }
        });
    }

    /** Completes when Redis has confirmed every channel and pattern. */
    @Override
    public Future<Void> onConnected(DialedConnection fresh) {
        Promise<Void> all = Promise.promise();
        restored = all;
        fresh.connection().handler(this::onPush);
        channels.onConnected(fresh.connection());
        patterns.onConnected(fresh.connection());
        vertx.setTimer(timeout.toMillis(), timer -> all.tryFail("subscriptions were not confirmed in time"));
        completeIfRestored();
        return all.future();
    }

    @Override
    public void onReady(DialedConnection fresh) {
        meters.resubscribed(channels.size() + patterns.size());
        channels.onReady();
        patterns.onReady();
    }

    @Override
    public void onLost(String cause) {
        channels.onLost();
        patterns.onLost();
    }

    private void onPush(Response push) {
        switch (push.get(0).toString()) {
            case "message" -> onMessage(channels, push.get(1).toString(), push, 1);
            case "pmessage" -> onMessage(patterns, push.get(1).toString(), push, 2);
            case "subscribe" -> onConfirmed(channels, push);
            case "psubscribe" -> onConfirmed(patterns, push);
            case "unsubscribe" -> onGivenUp(push.get(1).toString());
            default -> LOG.tracef("Nothing to do for push %s", push.get(0));
        }
    }

    private void onMessage(Topics topics, String name, Response push, int channelAt) {
        String channel = push.get(channelAt).toString();
        Buffer payload = push.get(channelAt + 1).toBuffer();
        meters.received(payload.length());
        for (Listener listener : topics.listeners(name)) {
            tell(listener, channel, payload);
        }
    }

    /** One listener that fails must not keep the others, or later messages, from being heard. */
    private void tell(Listener listener, String channel, Buffer payload) {
        try {
            listener.onMessage(channel, payload);
        } catch (RuntimeException failure) {
            meters.listenerFailed();
            LOG.errorf(failure, "A listener failed: channel=%s", channel);
        }
    }

    private void onConfirmed(Topics topics, Response push) {
        topics.onConfirmed(push.get(1).toString());
        completeIfRestored();
    }

    private void onGivenUp(String channel) {
        if (channel.equals(ECHO)) {
            onEcho.run();
        }
    }

    private void completeIfRestored() {
        if (channels.isEverythingConfirmed() && patterns.isEverythingConfirmed()) {
            restored.tryComplete();
        }
    }
}
