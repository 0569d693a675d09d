package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the bytes of each message, both ways, and what is refused. */
class RelayCodecTest {
    private static final RecursiveComparisonConfiguration BUFFERS_BY_BYTES = RecursiveComparisonConfiguration.builder()
            .withEqualsForType(Buffer::equals, Buffer.class)
            .withIgnoreAllOverriddenEquals(true)
            .build();
    /** Version 1, direction 5, number 3. */
    private static final String HEAD = "01" + "0000000000000005" + "03";

    static Stream<Arguments> messages() {
        return Stream.of(
                // kind, id, length of the sid, sid
                Arguments.of(new RelayMessage.Poll(7, "ab"), "50" + "07" + "02" + "6162"),
                Arguments.of(new RelayMessage.Open(7, "ab"), "4f" + "07" + "02" + "6162"),
                // ... length of the content type, content type
                Arguments.of(new RelayMessage.Post(7, "ab", "c"), "44" + "07" + "02" + "6162" + "01" + "63"),
                // kind, id, state, length, bytes
                Arguments.of(body(RelayMessage.Body.State.WHOLE, 0x34, 0x1e), "42" + "07" + "00" + "02" + "341e"),
                Arguments.of(body(RelayMessage.Body.State.TOO_LARGE), "42" + "07" + "01" + "00"),
                Arguments.of(body(RelayMessage.Body.State.CUT), "42" + "07" + "02" + "00"),
                // an id of 300 takes two bytes, the lower seven bits first
                Arguments.of(new RelayMessage.Abort(300), "41" + "ac02"),
                Arguments.of(new RelayMessage.Release(7), "52" + "07"),
                Arguments.of(new RelayMessage.Left(7, true), "4c" + "07" + "01"),
                Arguments.of(new RelayMessage.Left(7, false), "4c" + "07" + "00"),
                // kind, id, kind of frame, length, bytes
                Arguments.of(new RelayMessage.Said(7, Frame.of("4é")), "53" + "07" + "74" + "03" + "34c3a9"),
                Arguments.of(new RelayMessage.Said(7, Frame.of(new byte[] {1})), "53" + "07" + "62" + "01" + "01"),
                Arguments.of(new RelayMessage.Complained(7, Transport.Fault.TOO_LARGE), "43" + "07" + "01"),
                Arguments.of(new RelayMessage.Taken(7, 2), "54" + "07" + "02"),
                Arguments.of(new RelayMessage.Gone(7), "47" + "07"),
                // kind, id, status, length of the content type, content type, length of the body, body
                Arguments.of(
                        new RelayMessage.Answered(7, new PollingAnswer(200, "t", "6")),
                        "61" + "07" + "c801" + "01" + "74" + "01" + "36"),
                Arguments.of(new RelayMessage.Opened(7), "6f" + "07"),
                // kind, number of ids, ids, frame
                Arguments.of(
                        new RelayMessage.Say(List.of(7L, 8L), Frame.of("2")),
                        "73" + "02" + "07" + "08" + "74" + "01" + "32"),
                Arguments.of(new RelayMessage.Heard(7, 256), "68" + "07" + "8002"),
                // kind, id, code, length of the reason, reason
                Arguments.of(new RelayMessage.Close(7, 1012, "b"), "63" + "07" + "f407" + "01" + "62"),
                Arguments.of(new RelayMessage.Lost(5), "6c" + "0000000000000005"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageHasItsBytes(RelayMessage message, String hex) {
        Buffer encoded = RelayCodec.encode(new Batch(5, 3, List.of(message)));

        assertThat(HexFormat.of().formatHex(encoded.getBytes())).isEqualTo(HEAD + hex);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bytesAreTheirMessage(RelayMessage message, String hex) {
        Batch decoded = RelayCodec.decode(bytes(HEAD + hex));

        assertThat(decoded).usingRecursiveComparison(BUFFERS_BY_BYTES).isEqualTo(new Batch(5, 3, List.of(message)));
    }

    @Test
    void batchMayBeEmpty() {
        assertThat(RelayCodec.decode(bytes(HEAD))).isEqualTo(new Batch(5, 3, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing at all
                "02" + "0000000000000005" + "03", // another version
                "01" + "00000000000005", // the direction is too short
                "01" + "0000000000000005" + "ffffffffffffffffff", // a number without end
                HEAD + "58" + "07", // unknown kind of the entry
                HEAD + "78" + "07", // unknown kind of the owner
                HEAD + "00", // unknown kind of nobody
                HEAD + "50" + "07" + "03" + "6162", // the sid is too short
                HEAD + "50" + "07" + "ffffffff0f" + "61", // a length beyond all that there is
                HEAD + "42" + "07" + "03" + "00", // unknown state of a body
                HEAD + "43" + "07" + "ff", // unknown fault
                HEAD + "53" + "07" + "78" + "00", // unknown kind of frame
                HEAD + "73" + "ffffffff07" + "07", // more ids than there are bytes
                HEAD + "63" + "07" + "ffffffff7f" + "00" // a close code that is none
            })
    void refusesWhatIsNoBatch(String hex) {
        assertThatThrownBy(() -> RelayCodec.decode(bytes(hex))).isInstanceOf(MalformedBatch.class);
    }

    private static RelayMessage.Body body(RelayMessage.Body.State state, int... data) {
        Buffer buffer = Buffer.buffer();
        for (int each : data) {
            buffer.appendByte((byte) each);
        }
        return new RelayMessage.Body(7, state, buffer);
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }
}
