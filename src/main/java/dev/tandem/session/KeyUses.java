package dev.tandem.session;

import dev.tandem.error.Unattended;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When API keys are used: noted in Redis once a minute for each key and node at most, and nobody waits for it. What cannot be noted is
 * counted, {@code tandem_identity_unnoted_total}, and the next use is. From any thread.
 */
@Singleton
class KeyUses {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MOST = 2_000;

    private final ApiKeyRepository repository;
    private final Remembered<String, Boolean> noted = new Remembered<>(MOST, EVERY, System::nanoTime);
    private final Counter failures;

    KeyUses(ApiKeyRepository repository, MeterRegistry registry) {
        this.repository = repository;
        this.failures = Counter.builder("tandem.identity.unnoted")
                .description("Uses of API keys that Redis was not told of")
                .register(registry);
    }

    /** The key is being used. Returns at once. */
    void note(ApiKey key) {
        if (noted.get(key.id()).isPresent()) {
            return;
        }
        noted.put(key.id(), true);
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        Unattended.run(
                "note when an API key was used",
                repository.used(key.id(), now).onFailure().invoke(() -> onFailed(key)));
    }

    private void onFailed(ApiKey key) {
        failures.increment();
        noted.forget(key.id());
    }
}
