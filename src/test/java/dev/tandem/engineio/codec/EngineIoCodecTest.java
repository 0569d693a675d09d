package dev.tandem.engineio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the text form of Engine.IO packets, and that what is none is refused as malformed and in no other way. */
class EngineIoCodecTest {
    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of("0{\"sid\":\"a\"}", new EngineIoPacket.Open("{\"sid\":\"a\"}")),
                Arguments.of("1", new EngineIoPacket.Close()),
                Arguments.of("2", new EngineIoPacket.Ping("")),
                Arguments.of("2probe", new EngineIoPacket.Ping("probe")),
                Arguments.of("3", new EngineIoPacket.Pong("")),
                Arguments.of("3probe", new EngineIoPacket.Pong("probe")),
                Arguments.of("4", new EngineIoPacket.Message("")),
                Arguments.of("42[\"a\"]", new EngineIoPacket.Message("2[\"a\"]")),
                Arguments.of(
                        "4\u00e9\ud83d\ude00\n\u0000\u001e",
                        new EngineIoPacket.Message("\u00e9\ud83d\ude00\n\u0000\u001e")),
                Arguments.of("5", new EngineIoPacket.Upgrade()),
                Arguments.of("6", new EngineIoPacket.Noop()));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void decodesEachTypeByItsDigit(String text, EngineIoPacket packet) {
        assertThat(EngineIoCodec.decode(text)).isEqualTo(packet);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void encodesEachTypeWithItsDigit(String text, EngineIoPacket packet) {
        assertThat(EngineIoCodec.encode(packet)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "8", "9", "-1", " 2", "b", "bAAAA", "{}", "\u0662", "\uff14", "\u0000", "\ud83d\ude00"})
    void refusesWhatBeginsWithNoType(String text) {
        assertThatThrownBy(() -> EngineIoCodec.decode(text)).isInstanceOf(MalformedPacket.class);
    }

    @Test
    void isNeverSurprisedByGarbage() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 20_000; i++) {
            String garbage = random.ints(random.nextInt(12), 0, 0x300)
                    .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                    .toString();

            Throwable failure = catchThrowable(() -> EngineIoCodec.decode(garbage));

            boolean isPacket = !garbage.isEmpty() && garbage.charAt(0) >= '0' && garbage.charAt(0) <= '6';
            if (isPacket) {
                assertThat(failure).as(garbage).isNull();
            } else {
                assertThat(failure).as(garbage).isInstanceOf(MalformedPacket.class);
            }
        }
    }
}
