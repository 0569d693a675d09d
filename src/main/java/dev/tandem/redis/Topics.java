package dev.tandem.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The channels, or the patterns, that are listened to on one connection: who listens, and what Redis has confirmed. Confirmations are counted,
 * since a name may be subscribed, given up and subscribed again before the first answer comes. Touched on the loop only.
 */
final class Topics {
    /** The commands by which names are subscribed and given up, and how many names one command may have. */
    record Verbs(Command subscribe, Command unsubscribe, int batch) {
        static final Verbs CHANNELS = new Verbs(Command.SUBSCRIBE, Command.UNSUBSCRIBE, 500);
        static final Verbs PATTERNS = new Verbs(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE, 500);
        /** All names of one command would have to be of one slot. */
        static final Verbs SHARDED = new Verbs(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, 1);
    }

    /** One name, with those who listen to it and those who wait for its confirmation. */
    static final class Topic {
        private final String name;
        private List<PubSub.Listener> listeners = List.of();
        private List<Runnable> awaiting = new ArrayList<>();
        private boolean confirmed;
        /** It was confirmed, and then something may have been missed. */
        private boolean interrupted;
        /** The connection that it is listened to on. */
        private Topics home;

        Topic(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        void remove(PubSub.Listener listener) {
            home.remove(this, listener);
        }

        void whenConfirmed(Runnable then) {
            if (confirmed) {
                then.run();
            } else {
                awaiting.add(then);
            }
        }

        private void onConfirmed() {
            confirmed = true;
            if (interrupted) {
                interrupted = false;
                listeners.forEach(PubSub.Listener::onResubscribed);
            }
            List<Runnable> waited = awaiting;
            awaiting = new ArrayList<>();
            waited.forEach(Runnable::run);
        }

        private void onInterrupted() {
            interrupted |= confirmed;
            confirmed = false;
        }
    }

    private Verbs verbs;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Integer> unconfirmed = new HashMap<>();
    private RedisConnection connection;

    Topics(Verbs verbs) {
        this.verbs = verbs;
    }

    Topic add(String name, PubSub.Listener listener) {
        Topic topic = topics.get(name);
        if (topic == null) {
            topic = new Topic(name);
            adopt(topic);
        }
        List<PubSub.Listener> more = new ArrayList<>(topic.listeners);
        more.add(listener);
        topic.listeners = List.copyOf(more);
        return topic;
    }

    /** Goes on with what was listened to elsewhere. */
    void adopt(Topic topic) {
        topic.home = this;
        topics.put(topic.name, topic);
        if (connection != null) {
            subscribe(List.of(topic.name));
        }
    }

    /**
     * Gives up the names that belong elsewhere, to be adopted there. A server that loses a slot gives up its sharded channels by
     * itself, and refuses to be told so.
     */
    List<Topic> takeOut(Predicate<String> misplaced) {
        List<Topic> taken = topics.values().stream()
                .filter(topic -> misplaced.test(topic.name))
                .toList();
        for (Topic topic : taken) {
            topics.remove(topic.name);
            topic.onInterrupted();
            if (verbs != Verbs.SHARDED) {
                giveUpAnyhow(topic.name);
            }
        }
        return taken;
    }

    /** Redis has given the name up by itself; false if that was wanted. */
    boolean onGivenUp(String name) {
        Topic topic = topics.get(name);
        if (topic == null || !topic.confirmed || unconfirmed.containsKey(name)) {
            return false;
        }
        topic.onInterrupted();
        return true;
    }

    /** Subscribes anew to what Redis has given up by itself. */
    void restore() {
        topics.values().stream()
                .filter(topic -> connection != null && !topic.confirmed && !unconfirmed.containsKey(topic.name))
                .forEach(topic -> subscribe(List.of(topic.name)));
    }

    private void remove(Topic topic, PubSub.Listener listener) {
        List<PubSub.Listener> fewer = new ArrayList<>(topic.listeners);
        if (!fewer.remove(listener)) {
            return;
        }
        topic.listeners = List.copyOf(fewer);
        if (fewer.isEmpty() && topics.remove(topic.name, topic)) {
            giveUpAnyhow(topic.name);
        }
    }

    /** Tells Redis to give the name up, subscribed or not; it confirms that in any case. */
    void giveUpAnyhow(String name) {
        if (connection != null) {
            connection.send(Request.cmd(verbs.unsubscribe()).arg(name));
        }
    }

    /** Subscribes to everything on a fresh connection, whose server knows these verbs. */
    void onConnected(RedisConnection fresh, Verbs known) {
        connection = fresh;
        verbs = known;
        unconfirmed.clear();
        subscribe(new ArrayList<>(topics.keySet()));
    }

    void onLost() {
        connection = null;
        unconfirmed.clear();
        topics.values().forEach(Topic::onInterrupted);
    }

    void onConfirmed(String name) {
        int left = unconfirmed.merge(name, -1, Integer::sum);
        if (left > 0) {
            return;
        }
        unconfirmed.remove(name);
        Topic topic = topics.get(name);
        if (topic != null && !topic.confirmed) {
            topic.onConfirmed();
        }
    }

    boolean isEverythingConfirmed() {
        return unconfirmed.isEmpty();
    }

    /** Those who listen to that name now. */
    List<PubSub.Listener> listeners(String name) {
        Topic topic = topics.get(name);
        return topic == null ? List.of() : topic.listeners;
    }

    int size() {
        return topics.size();
    }

    private void subscribe(List<String> names) {
        for (int from = 0; from < names.size(); from += verbs.batch()) {
            Request request = Request.cmd(verbs.subscribe());
            for (String name : names.subList(from, Math.min(from + verbs.batch(), names.size()))) {
                request.arg(name);
                unconfirmed.merge(name, 1, Integer::sum);
            }
            connection.send(request);
        }
    }
}
