package dev.tandem.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The channels, or the patterns, that are listened to: who listens, and what Redis has confirmed. Confirmations are counted,
 * since a name may be subscribed, given up and subscribed again before the first answer comes. Touched on the loop only.
 */
final class Topics {
    private static final int BATCH = 500;

    /** One name, with those who listen to it and those who wait for its confirmation. */
    static final class Topic {
        private final String name;
        private List<PubSub.Listener> listeners = List.of();
        private List<Runnable> awaiting = new ArrayList<>();
        private boolean confirmed;
        private boolean knownBefore;

        Topic(String name) {
            this.name = name;
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
            List<Runnable> waited = awaiting;
            awaiting = new ArrayList<>();
            waited.forEach(Runnable::run);
        }
    }

    private final Command subscribe;
    private final Command unsubscribe;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Integer> unconfirmed = new HashMap<>();
    private RedisConnection connection;

    Topics(Command subscribe, Command unsubscribe) {
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
    }

    Topic add(String name, PubSub.Listener listener) {
        Topic topic = topics.get(name);
        if (topic == null) {
            topic = new Topic(name);
            topics.put(name, topic);
            if (connection != null) {
                subscribe(List.of(name));
            }
        }
        List<PubSub.Listener> more = new ArrayList<>(topic.listeners);
        more.add(listener);
        topic.listeners = List.copyOf(more);
        return topic;
    }

    void remove(Topic topic, PubSub.Listener listener) {
        List<PubSub.Listener> fewer = new ArrayList<>(topic.listeners);
        if (!fewer.remove(listener)) {
            return;
        }
        topic.listeners = List.copyOf(fewer);
        if (fewer.isEmpty() && topics.remove(topic.name, topic) && connection != null) {
            connection.send(Request.cmd(unsubscribe).arg(topic.name));
        }
    }

    /** Tells Redis to give the name up, subscribed or not; it confirms that in any case. */
    void giveUpAnyhow(String name) {
        if (connection != null) {
            connection.send(Request.cmd(unsubscribe).arg(name));
        }
    }

    /** Subscribes to everything on a fresh connection. */
    void onConnected(RedisConnection fresh) {
        connection = fresh;
        unconfirmed.clear();
        topics.values().forEach(topic -> topic.confirmed = false);
        List<String> names = new ArrayList<>(topics.keySet());
        for (int from = 0; from < names.size(); from += BATCH) {
            subscribe(names.subList(from, Math.min(from + BATCH, names.size())));
        }
    }

    void onLost() {
        connection = null;
        topics.values().forEach(topic -> topic.knownBefore |= topic.confirmed);
    }

    /** Tells the listeners of every name that was subscribed on an earlier connection too. */
    void onReady() {
        for (Topic topic : List.copyOf(topics.values())) {
            if (topic.knownBefore) {
                topic.listeners.forEach(PubSub.Listener::onResubscribed);
            }
        }
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

    private void subscribe(Collection<String> names) {
        Request request = Request.cmd(subscribe);
        for (String name : names) {
            request.arg(name);
            unconfirmed.merge(name, 1, Integer::sum);
        }
        connection.send(request);
    }
}
