package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outbound.Frame;
import org.junit.jupiter.api.Test;

/** Verifies that a client is not read while much of what it said has not been heard. */
class WindowTest {
    private static final long HALF = Window.MOST / 2;

    private final Window window = new Window();

    @Test
    void isFilledOnce() {
        assertThat(window.onSaid(HALF)).isFalse();
        assertThat(window.onSaid(HALF)).isTrue();
        assertThat(window.onSaid(1)).isFalse();
    }

    @Test
    void opensOnceWhenSomethingWasHeard() {
        window.onSaid(Window.MOST + 1);

        assertThat(window.onHeard(1)).isFalse();
        assertThat(window.onHeard(1)).isTrue();
        assertThat(window.onHeard(1)).isFalse();
    }

    @Test
    void emptyFramesFillItToo() {
        assertThat(Window.size(Frame.of(""))).isPositive();
    }
}
