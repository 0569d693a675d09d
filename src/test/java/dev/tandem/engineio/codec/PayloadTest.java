package dev.tandem.engineio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the bodies of long-polling: several packets in one, binary as base64, and nothing past the bounds. */
class PayloadTest {
    private static final int MOST_PACKETS = 4;

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("4hello", List.of("4hello")),
                Arguments.of("4test1\u001e4test2\u001e4test3", List.of("4test1", "4test2", "4test3")),
                Arguments.of("2\u001e4\u001e3probe", List.of("2", "4", "3probe")),
                Arguments.of("4hello\u001ebAQIDBA==", List.of("4hello", "binary [1, 2, 3, 4]")),
                Arguments.of("bAQIDBA", List.of("binary [1, 2, 3, 4]")),
                Arguments.of("b", List.of("binary []")),
                Arguments.of("b/+8=", List.of("binary [-1, -17]")),
                Arguments.of("4\u20ac\ud83d\ude00", List.of("4\u20ac\ud83d\ude00")));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void readsPacketsOneAfterAnother(String body, List<String> packets) {
        assertThat(decode(body).stream().map(PayloadTest::shown)).isEqualTo(packets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "\u001e",
                "4a\u001e",
                "\u001e4a",
                "4a\u001e\u001e4b",
                "4a\u001e7",
                "b=",
                "bA",
                "bAQ=D",
                "bAQ ID",
                "b-_8=",
                "b\u20ac",
                "4a\u001ebA",
                "B"
            })
    void refusesABodyOfWhichAnyPartIsNoPacket(String body) {
        assertThatThrownBy(() -> decode(body)).isInstanceOf(MalformedPacket.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] broken = {'4', (byte) 0xc3, (byte) 0x28};

        assertThatThrownBy(() -> Payload.decode(broken, MOST_PACKETS)).isInstanceOf(MalformedPacket.class);
    }

    @Test
    void readsAsManyPacketsAsThereMayBe() {
        assertThat(decode("4\u001e4\u001e4\u001e4")).hasSize(MOST_PACKETS);
    }

    @Test
    void refusesMorePacketsThanThereMayBe() {
        assertThatThrownBy(() -> decode("4\u001e4\u001e4\u001e4\u001e4")).isInstanceOf(MalformedPacket.class);
    }

    @Test
    void writesPacketsWithASeparatorInBetween() {
        Payload payload = new Payload(100, MOST_PACKETS);

        payload.addText("4hello", 6);
        payload.addBinary(new byte[] {1, 2, 3, 4});
        payload.addText("2", 1);

        assertThat(payload).hasToString("4hello\u001ebAQIDBA==\u001e2");
    }

    @Test
    void takesThePacketThatJustFits() {
        Payload payload = new Payload(10, MOST_PACKETS);
        payload.addText("4hello", 6);

        assertThat(payload.fits(3)).isTrue();
        assertThat(payload.fits(4)).isFalse();
    }

    @Test
    void takesOnePacketHoweverLong() {
        assertThat(new Payload(10, MOST_PACKETS).fits(1_000)).isTrue();
    }

    @Test
    void takesNoMorePacketsThanTheOtherSideReads() {
        Payload payload = new Payload(100, MOST_PACKETS);
        for (int i = 0; i < MOST_PACKETS; i++) {
            payload.addText("4", 1);
        }

        assertThat(payload.fits(1)).isFalse();
        assertThat(decode(payload.toString())).hasSize(MOST_PACKETS);
    }

    private static List<EngineIoPacket> decode(String body) {
        return Payload.decode(body.getBytes(StandardCharsets.UTF_8), MOST_PACKETS);
    }

    private static String shown(EngineIoPacket packet) {
        return packet instanceof EngineIoPacket.Binary binary
                ? "binary " + java.util.Arrays.toString(binary.data())
                : EngineIoCodec.encode(packet);
    }
}
