package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies how events are read from a room's channel, and that anything else there is refused as malformed. */
class RoomEventCodecTest {
    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("me1:7|{\"seq\":7}", new RoomEvent.Posted("e1", 7, "{\"seq\":7}")),
                Arguments.of("me:9007199254740991|{}", new RoomEvent.Posted("e", 9_007_199_254_740_991L, "{}")),
                Arguments.of("me1:1|{\"text\":\"a|b:c\"}", new RoomEvent.Posted("e1", 1, "{\"text\":\"a|b:c\"}")),
                Arguments.of(
                        "me1:1|{\"text\":\"\u00e9\ud83d\ude00\"}",
                        new RoomEvent.Posted("e1", 1, "{\"text\":\"\u00e9\ud83d\ude00\"}")),
                Arguments.of("j7:ada|{\"members\":1}", new RoomEvent.Joined(7, new UserId("ada"), "{\"members\":1}")),
                Arguments.of("l8:ada|{\"members\":0}", new RoomEvent.Left(8, new UserId("ada"), "{\"members\":0}")),
                Arguments.of(
                        "kada|{\"a\":1}",
                        new RoomEvent.PutOut(new UserId("ada"), RoomEvent.PutOut.Why.KICKED, "{\"a\":1}")),
                Arguments.of("u|{\"a\":1}", new RoomEvent.Told(RoomEvent.Told.Kind.UPDATED, "{\"a\":1}")),
                Arguments.of("yada|{\"on\":true}", new RoomEvent.Typing(new UserId("ada"), "{\"on\":true}")),
                Arguments.of("d|{\"room\":\"a\"}", new RoomEvent.Deleted("{\"room\":\"a\"}")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsTheKindTheHeadAndTheJson(String payload, RoomEvent event) {
        assertThat(RoomEventCodec.decode(Buffer.buffer(payload))).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "|",
                "|{}",
                "hello",
                "{}",
                "zada|{}",
                "Mada:1|{}",
                "m|{}",
                "me1|{}",
                "m:1|{}",
                "me1:|{}",
                "me1:x|{}",
                "me1:1.5|{}",
                "me1: 1|{}",
                "me1:9223372036854775808|{}",
                "me1:1",
                "jada",
                "j|{}",
                "l|{}",
                "k|{}",
                "jada|{}",
                "j:ada|{}",
                "j7:|{}",
                "jx:ada|{}",
                "j7:a b|{}",
                "l7:a\u0000|{}",
                "j7:\u202e|{}"
            })
    void refusesWhatIsNoEvent(String payload) {
        assertThatThrownBy(() -> RoomEventCodec.decode(Buffer.buffer(payload)))
                .isInstanceOf(RoomEventCodec.Malformed.class);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatScriptsTell(RoomEvent.Told.Kind kind) {
        assertThat(RoomEventCodec.decode(Buffer.buffer(kind.head() + "{}"))).isEqualTo(new RoomEvent.Told(kind, "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhoIsPutOutAndWhy(RoomEvent.PutOut.Why why) {
        UserId ada = new UserId("ada");

        assertThat(RoomEventCodec.decode(Buffer.buffer(why.head(ada) + "{}")))
                .isEqualTo(new RoomEvent.PutOut(ada, why, "{}"));
    }

    @Test
    void refusesBytesThatAreNoText() {
        Buffer payload = Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0x80});

        assertThatThrownBy(() -> RoomEventCodec.decode(payload)).isInstanceOf(RoomEventCodec.Malformed.class);
    }

    @Test
    void tellsWhereTheRoomStandsAfterAReset() {
        RoomEvent.Reset reset = RoomEvent.Reset.of(new RoomId("lobby"), new RoomHead("e2", 3));

        assertThat(reset)
                .isEqualTo(new RoomEvent.Reset(
                        "e2", 3, "{\"room\":\"lobby\",\"seq\":3,\"epoch\":\"e2\",\"recovered\":false}"));
    }
}
