package dev.tandem.internode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.ErrorCode;
import dev.tandem.id.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that what a node says is what another one reads, and that nothing else is taken for it. */
class NodeMessageCodecTest {
    private static final NodeId ADA = new NodeId("ada");

    static List<NodeMessage> messages() {
        Buffer body = Buffer.buffer(new byte[] {0, -1, 13, 10});
        return List.of(
                new NodeMessage.Ask(ADA, Long.MAX_VALUE, "poll", body),
                new NodeMessage.Ask(ADA, 1, "", Buffer.buffer()),
                new NodeMessage.Answer(7, body),
                new NodeMessage.Failure(7, ErrorCode.OVERLOADED, "zu viel \u20ac"),
                new NodeMessage.Tell(ADA, "frames", body),
                new NodeMessage.Ping());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsReadAsItWasWritten(NodeMessage message) {
        assertThat(NodeMessageCodec.decode(NodeMessageCodec.encode(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void headThatIsCutOffIsMalformed(NodeMessage message) {
        Buffer whole = NodeMessageCodec.encode(message);
        int shortest = Math.min(2, whole.length() - 1);

        assertThatThrownBy(() -> NodeMessageCodec.decode(whole.getBuffer(0, shortest)))
                .isInstanceOf(NodeMessageCodec.Malformed.class);
    }

    @Test
    void noiseIsMalformedAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            try {
                NodeMessageCodec.decode(Buffer.buffer(noise));
            } catch (NodeMessageCodec.Malformed expected) {
                assertThat(expected).hasMessageMatching("unknown kind|too short|no such name");
            }
        }
    }
}
