package dev.tandem;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the tests look often at what they await: most of it is there within milliseconds, and they await some thousand things. Found by
 * JUnit, in every process that runs tests, and by Quarkus, which loads the classes of its tests, and this setting with them, anew for each
 * node.
 */
public final class ShortPolls implements LauncherSessionListener, QuarkusTestBeforeClassCallback {
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollInterval(POLL);
    }

    @Override
    public void beforeClass(Class<?> test) {
        Awaitility.setDefaultPollInterval(POLL);
    }
}
