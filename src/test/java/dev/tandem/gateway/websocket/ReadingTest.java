package dev.tandem.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that a client that has to wait is not read, and that what is heard of it nevertheless is bounded. */
class ReadingTest {
    private static final int LONGEST = 1_000_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Reading reading = new Reading(channel, LONGEST);

    @Test
    void clientThatHasToWaitIsNotRead() {
        reading.pause();
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(reading.isPaused()).isTrue();

        reading.resume();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(reading.isPaused()).isFalse();
    }

    @Test
    void whatIsReadIsHeardWithoutEnd() {
        assertThat(framesHeard(100_000, 100)).isEqualTo(100_000);
    }

    @Test
    void whatOneReadBringsIsHeardOfAClientThatHasToWait() {
        reading.pause();

        assertThat(framesHeard(1, LONGEST)).isEqualTo(1);
        assertThat(framesHeard(10_000, 6)).isEqualTo(10_000);
    }

    @Test
    void muchMoreOfItIsNot() {
        reading.pause();
        assertThat(framesHeard(100_000, 6)).isBetween(10_000, 40_000);

        reading.resume();
        reading.pause();

        assertThat(framesHeard(10_000, 6)).isEqualTo(10_000);
    }

    private int framesHeard(int frames, int length) {
        return (int)
                IntStream.range(0, frames).filter(i -> reading.hears(length)).count();
    }
}
