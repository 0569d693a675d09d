package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies frames byte by byte (RFC 6455, 5.2). */
class WebSocketFramesTest {
    private final Turn turn = new Turn();

    @Test
    void textIsWholeAndUnmasked() {
        // fin + text, length 2, "hi"
        assertThat(encoded(Frame.of("hi"))).isEqualTo("8102" + "6869");
    }

    @Test
    void textIsUtf8AndItsLengthIsCountedInBytes() {
        assertThat(encoded(Frame.of("\u20ac"))).isEqualTo("8103" + "e282ac");
    }

    @Test
    void binaryHasItsOwnOpcode() {
        assertThat(encoded(Frame.of(new byte[] {1, 2, 3}))).isEqualTo("8203" + "010203");
    }

    @Test
    void emptyFramesHaveAHeaderAlone() {
        assertThat(encoded(Frame.of(""))).isEqualTo("8100");
    }

    @Test
    void lengthTakesThePlaceItNeeds() {
        assertThat(encoded(Frame.of("x".repeat(125)))).startsWith("817d" + "78");
        assertThat(encoded(Frame.of("x".repeat(126)))).startsWith("817e" + "007e" + "78");
        assertThat(encoded(Frame.of("x".repeat(65_535)))).startsWith("817e" + "ffff" + "78");
        assertThat(encoded(Frame.of(new byte[65_536]))).startsWith("827f" + "0000000000010000" + "00");
    }

    @Test
    void framesOfABurstFollowOneAnother() {
        Frame sequence = Frame.sequence(List.of(Frame.of("a"), Frame.of(new byte[] {7})));

        assertThat(encoded(Frame.of("hi"), sequence)).isEqualTo("81026869" + "810161" + "820107");
    }

    private String encoded(Frame... frames) {
        Burst burst = Burst.empty(turn);
        for (Frame frame : frames) {
            burst = burst.plus(frame);
        }
        ByteBuf bytes = WebSocketFrames.encode(burst, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.hexDump(bytes);
        } finally {
            bytes.release();
        }
    }
}
