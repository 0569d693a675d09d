package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.id.RandomText;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies that those who listen to one channel do not depend on each other. */
@QuarkusTest
class PubSubListenersTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    PubSub pubSub;

    @Inject
    Commands commands;

    @Inject
    MeterRegistry meters;

    private final String channel = "test:" + RandomText.letters(10);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    @AfterEach
    void listenNoMore() {
        subscriptions.forEach(Subscription::close);
    }

    @Test
    void hearsWhatAListenerBeforeItFailedAt() {
        double failures = failures();
        listen((on, payload) -> {
            throw new IllegalStateException("expected");
        });
        listen((on, payload) -> heard.add(payload.toString()));

        publish(channel, "one");
        publish(channel, "two");

        await().atMost(SOON).until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("one", "two");
        assertThat(failures()).isEqualTo(failures + 2);
    }

    @Test
    void hearsOnWhenAnotherListenerStops() {
        listen((on, payload) -> {});
        listen((on, payload) -> heard.add(payload.toString()));

        subscriptions.get(0).close();
        publish(channel, "one");

        await().atMost(SOON).until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("one");
    }

    @Test
    void hearsOnceWhatMatchesAPatternAndIsToldTheChannel() {
        subscriptions.add(pubSub.psubscribe(channel + ":*", (on, payload) -> heard.add(on + "=" + payload))
                .await()
                .atMost(SOON));

        publish(channel + ":a", "one");
        publish(channel + ":b", "two");

        await().atMost(SOON).until(() -> heard.contains(channel + ":b=two"));
        assertThat(heard).containsExactly(channel + ":a=one", channel + ":b=two");
    }

    private void listen(PubSub.Listener listener) {
        subscriptions.add(pubSub.subscribe(channel, listener).await().atMost(SOON));
    }

    private void publish(String to, String payload) {
        Request publish = Request.cmd(Command.PUBLISH).arg(to).arg(payload);
        commands.send(Commands.Effect.ONCE, publish).await().atMost(SOON);
    }

    private double failures() {
        return meters.get("tandem.redis.pubsub.listener.failures").counter().count();
    }
}
