package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies frames byte by byte (RFC 6455, 5.2). */
class WebSocketFramesTest {
    private final Turn turn = new Turn(0);

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

    @Test
    void oneFrameIsAsInABurst() {
        assertThat(hex(WebSocketFrames.encode((Frame.Single) Frame.of("hi"), UnpooledByteBufAllocator.DEFAULT)))
                .isEqualTo("81026869");
    }

    @Test
    void closeSaysWhy() {
        // fin + close, length 4, 1000, "ok"
        assertThat(hex(WebSocketFrames.close(1000, "ok", UnpooledByteBufAllocator.DEFAULT)))
                .isEqualTo("8804" + "03e8" + "6f6b");
    }

    @Test
    void closeIsShortEnoughForAControlFrame() {
        assertThat(hex(WebSocketFrames.close(1000, "x".repeat(124), UnpooledByteBufAllocator.DEFAULT)))
                .isEqualTo("8802" + "03e8");
    }

    @Test
    void pongHasWhatThePingHad() {
        ByteBuf data = Unpooled.wrappedBuffer(new byte[] {1, 2});

        assertThat(hex(WebSocketFrames.pong(data, UnpooledByteBufAllocator.DEFAULT)))
                .isEqualTo("8a02" + "0102");
        assertThat(data.readableBytes()).isEqualTo(2);
    }

    private String encoded(Frame... frames) {
        Burst burst = Burst.empty(turn);
        for (Frame frame : frames) {
            burst = burst.plus(frame);
        }
        return hex(WebSocketFrames.encode(burst, UnpooledByteBufAllocator.DEFAULT));
    }

    private static String hex(ByteBuf bytes) {
        try {
            return ByteBufUtil.hexDump(bytes);
        } finally {
            bytes.release();
        }
    }
}
