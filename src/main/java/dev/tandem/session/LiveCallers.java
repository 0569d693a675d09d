package dev.tandem.session;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<ProofName, Set<Runnable>> endings = new ConcurrentHashMap<>();
    private final Remembered<ProofName, Boolean> late = new Remembered<>(MOST_LATE, LATE, System::nanoTime);

    LiveCallers(Vertx vertx, Ended ended) {
        this.vertx = vertx;
        ended.onEnded(this::onEnded);
    }

    /**
     * A caller is connected; {@code end} is called once or more when the proof is not good any more, perhaps before this returns. What
     * is returned must be run when the connection is gone.
     */
    public Runnable add(Caller caller, Runnable end) {
        List<ProofName> proofs = proofs(caller);
        proofs.forEach(proof -> endings.compute(proof, (key, others) -> with(others, end)));
        Runnable untimed = caller instanceof Caller.OfToken token ? endAt(token.expires(), end) : () -> {};
        if (proofs.stream().anyMatch(proof -> late.get(proof).isPresent())) {
            end.run();
        }
        return () -> {
            untimed.run();
            proofs.forEach(proof -> endings.computeIfPresent(proof, (key, all) -> without(all, end)));
        };
    }

    private void onEnded(ProofName proof) {
        late.put(proof, true);
        endings.getOrDefault(proof, Set.of()).forEach(Runnable::run);
    }

    private static List<ProofName> proofs(Caller caller) {
        ProofName user = ProofName.ofUser(caller.user().id());
        if (caller instanceof Caller.OfKey key) {
            return List.of(user, ProofName.ofKey(key.key()));
        }
        return caller.sessionId()
                .map(sid -> List.of(user, ProofName.ofSession(sid)))
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

    /** Most proofs are of one connection, and cost little so; with thousands, as of a program's key, a set changes in place. */
    private static Set<Runnable> with(Set<Runnable> others, Runnable end) {
        if (others == null) {
            return Set.of(end);
        }
        Set<Runnable> several = others;
        if (!(others instanceof ConcurrentHashMap.KeySetView<?, ?>)) {
            several = ConcurrentHashMap.newKeySet();
            several.addAll(others);
        }
        several.add(end);
        return several;
    }

    /** Null if nobody is left. */
    private static Set<Runnable> without(Set<Runnable> all, Runnable gone) {
        if (!(all instanceof ConcurrentHashMap.KeySetView<?, ?>)) {
            return all.contains(gone) ? null : all;
        }
        all.remove(gone);
        return all.isEmpty() ? null : all;
    }
}
