package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords on a few threads of its own, since that takes tenths of a second. From any thread; results come on one
 * of those threads. Past the bound of what may wait, fails with {@code overloaded}.
 */
@Singleton
class Passwords {
    private static final int IDLE_SECONDS = 30;

    private final int rounds;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger started = new AtomicInteger();

    Passwords(RoomConfig config) {
        this.rounds = config.passwordRounds();
        this.threads = new ThreadPoolExecutor(
                config.passwordThreads(),
                config.passwordThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.maxPendingPasswords()),
                this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Completes with the form to store. */
    Uni<String> hash(String password) {
        return run(() -> PasswordHash.of(password, rounds));
    }

    /** Completes with whether the password is the stored one. */
    Uni<Boolean> fits(String password, String stored) {
        return run(() -> PasswordHash.fits(password, stored));
    }

    private <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(threads)
                .onFailure(RejectedExecutionException.class)
                .transform(full -> new TandemException(ErrorCode.OVERLOADED, "Too many passwords are being checked."));
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "passwords-" + started.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
