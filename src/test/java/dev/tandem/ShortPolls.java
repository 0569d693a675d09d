package dev.tandem;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Lets the tests that run within a node look often at what they await: most of it is there within milliseconds, and they await some
 * thousand things. Found by Quarkus, which loads the classes of its tests, and this setting with them, anew for each node.
 */
public final class ShortPolls implements QuarkusTestBeforeClassCallback {
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public void beforeClass(Class<?> test) {
        Awaitility.setDefaultPollInterval(POLL);
    }
}
