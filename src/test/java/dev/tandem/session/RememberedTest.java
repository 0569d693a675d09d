package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Verifies what is read again, and when. */
class RememberedTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Remembered<String, String> remembered = new Remembered<>(2, Duration.ofNanos(10), clock::get);
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void isReadOnceUntilItsTimeIsOver() {
        assertThat(read("a")).isEqualTo("a1");
        clock.addAndGet(9);
        assertThat(read("a")).isEqualTo("a1");
        clock.addAndGet(1);
        assertThat(read("a")).isEqualTo("a2");
    }

    @Test
    void theOldestOfTooManyIsReadAgain() {
        read("a");
        read("b");
        read("c");
        assertThat(read("b")).isEqualTo("b2");
        assertThat(read("a")).isEqualTo("a4");
    }

    @Test
    void whatIsForgottenIsReadAgain() {
        read("a");
        read("b");
        remembered.forget("a");
        assertThat(read("b")).isEqualTo("b2");
        assertThat(read("a")).isEqualTo("a3");
        remembered.forgetAll();
        assertThat(read("b")).isEqualTo("b4");
    }

    @Test
    void whatIsNotThereIsReadAgain() {
        assertThat(remembered
                        .get("a", () -> Uni.createFrom().item(Optional.empty()))
                        .await()
                        .indefinitely())
                .isEmpty();
        assertThat(read("a")).isEqualTo("a1");
    }

    @Test
    void whatWasReadBeforeSomethingWasForgottenIsNotBelievedLater() {
        AtomicReference<UniEmitter<? super Optional<String>>> slow = new AtomicReference<>();
        AtomicReference<Optional<String>> found = new AtomicReference<>();
        remembered
                .get("a", () -> Uni.createFrom().<Optional<String>>emitter(slow::set))
                .subscribe()
                .with(found::set);

        remembered.forgetAll();
        slow.get().complete(Optional.of("old"));

        assertThat(found.get()).contains("old");
        assertThat(read("a")).isEqualTo("a1");
    }

    @Test
    void nothingIsRememberedForNoTime() {
        Remembered<String, String> none = new Remembered<>(2, Duration.ZERO, clock::get);
        none.put("a", "old");
        assertThat(none.get("a")).isEmpty();
    }

    private String read(String key) {
        return remembered.get(key, () -> reading(key)).await().indefinitely().orElseThrow();
    }

    private Uni<Optional<String>> reading(String key) {
        return Uni.createFrom().item(Optional.of(key + readings.incrementAndGet()));
    }
}
