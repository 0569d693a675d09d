package dev.tandem.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Verifies pings and silence of many connections by one timer, on a clock that the test turns. */
class HeartbeatLoopTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final List<String> happened = new ArrayList<>();
    /** Timers by their numbers: when they go off, and what then. */
    private final Map<Long, Timer> timers = new TreeMap<>();

    private long now;
    private long numbers;
    private int armed;

    private record Timer(long due, Handler<Long> handler) {}

    private final HeartbeatLoop loop =
            new HeartbeatLoop(clock(), Duration.ofMillis(300), Duration.ofMillis(200), () -> now * MILLI);

    @Test
    void pingIsDueAfterTheInterval() {
        begin("ada");

        pass(290);
        assertThat(happened).isEmpty();

        pass(20);
        assertThat(happened).containsExactly("ping ada");
    }

    @Test
    void answerBeginsItAnew() {
        Heartbeat ada = begin("ada");
        pass(310);
        pass(100);

        ada.beat();
        pass(290);

        assertThat(happened).containsExactly("ping ada");
        pass(20);
        assertThat(happened).containsExactly("ping ada", "ping ada");
    }

    @Test
    void silenceIsToldOnceAndNothingMore() {
        begin("ada");

        pass(1_000);

        assertThat(happened).containsExactly("ping ada", "silence ada");
    }

    @Test
    void eachKeepsItsOwnTime() {
        Heartbeat ada = begin("ada");
        pass(150);
        begin("bob");
        pass(160);
        ada.beat();
        pass(150);

        assertThat(happened).containsExactly("ping ada", "ping bob");
        pass(150);
        assertThat(happened).containsExactly("ping ada", "ping bob", "ping ada");
        pass(60);
        assertThat(happened).endsWith("silence bob");
    }

    @Test
    void whoStopsIsForgotten() {
        Heartbeat ada = begin("ada");
        begin("bob");

        ada.stop();
        pass(310);

        assertThat(happened).containsExactly("ping bob");
    }

    @Test
    void manyNeedOneTimer() {
        for (int i = 0; i < 1_000; i++) {
            begin("one of many");
        }
        assertThat(timers).hasSize(1);

        pass(310);

        assertThat(happened).hasSize(1_000);
        assertThat(timers).hasSize(1);
        assertThat(armed).isLessThan(5);
    }

    @Test
    void nobodyNeedsNone() {
        begin("ada").stop();

        pass(310);

        assertThat(timers).isEmpty();
    }

    private Heartbeat begin(String name) {
        Heartbeat heartbeat = new Heartbeat(loop, new Heartbeat.Owner() {
            @Override
            public void onPingDue() {
                happened.add("ping " + name);
            }

            @Override
            public void onSilence() {
                happened.add("silence " + name);
            }
        });
        heartbeat.beat();
        return heartbeat;
    }

    /** Lets time pass, a millisecond at a time. */
    private void pass(long millis) {
        for (long end = now + millis; now < end; ) {
            now++;
            List.copyOf(timers.entrySet()).stream()
                    .filter(timer -> timer.getValue().due() <= now)
                    .forEach(timer -> {
                        timers.remove(timer.getKey());
                        timer.getValue().handler().handle(timer.getKey());
                    });
        }
    }

    private Vertx clock() {
        return (Vertx) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Vertx.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "setTimer" -> set((Long) arguments[0], timer(arguments[1]));
                    case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private long set(long millis, Handler<Long> handler) {
        armed++;
        timers.put(numbers, new Timer(now + millis, handler));
        return numbers++;
    }

    @SuppressWarnings("unchecked")
    private static Handler<Long> timer(Object handler) {
        return (Handler<Long>) handler;
    }
}
