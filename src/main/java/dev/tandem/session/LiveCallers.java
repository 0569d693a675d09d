package dev.tandem.session;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected here, by what proof: a connection ends with its proof, whichever node hears first that it has. One connection costs
 * one or two entries. From any thread.
 */
@Singleton
public class LiveCallers {
    /** Who was let in just before their proof ended is ended when the connection is there. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final int MOST_LATE = 10_000;
    private static final Duration LONGEST_TIMER = Duration.ofDays(7);

    private final Vertx vertx;
    private final Map<String, List<Runnable>> endings = new ConcurrentHashMap<>();
    private final Remembered<String, Boolean> late = new Remembered<>(MOST_LATE, LATE, System::nanoTime);

    LiveCallers(Vertx vertx, Ended ended) {
        this.vertx = vertx;
        ended.onEnded(this::onEnded);
    }

    /**
     * A caller is connected; {@code end} is called once or more when the proof is not good any more, perhaps before this returns. What
     * is returned must be run when the connection is gone.
     */
    public Runnable add(Caller caller, Runnable end) {
        List<String> proofs = proofs(caller);
        List<Runnable> only = List.of(end);
        proofs.forEach(proof -> endings.merge(proof, only, LiveCallers::joined));
        Runnable untimed = caller instanceof Caller.OfToken token ? endAt(token.expires(), end) : () -> {};
        if (proofs.stream().anyMatch(proof -> late.get(proof).isPresent())) {
            end.run();
        }
        return () -> {
            untimed.run();
            proofs.forEach(proof -> endings.computeIfPresent(proof, (key, all) -> without(all, end)));
        };
    }

    private void onEnded(String proof) {
        late.put(proof, true);
        endings.getOrDefault(proof, List.of()).forEach(Runnable::run);
    }

    private static List<String> proofs(Caller caller) {
        String user = Ended.ofUser(caller.user().id());
        if (caller instanceof Caller.OfKey key) {
            return List.of(user, Ended.ofKey(key.key()));
        }
        return caller.sessionId()
                .map(sid -> List.of(user, Ended.ofSession(sid)))
                .orElseGet(() -> List.of(user));
    }

    private Runnable endAt(Instant expires, Runnable end) {
        Duration left = Duration.between(Instant.now(), expires);
        if (left.compareTo(LONGEST_TIMER) > 0) {
            return () -> {};
        }
        long timer = vertx.setTimer(Math.max(1, left.toMillis()), fired -> end.run());
        return () -> vertx.cancelTimer(timer);
    }

    private static List<Runnable> joined(List<Runnable> some, List<Runnable> others) {
        List<Runnable> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    /** Null if nobody is left. */
    private static List<Runnable> without(List<Runnable> all, Runnable gone) {
        List<Runnable> left = all.stream().filter(other -> other != gone).toList();
        return left.isEmpty() ? null : left;
    }
}
