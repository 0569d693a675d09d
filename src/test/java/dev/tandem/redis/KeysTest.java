package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Verifies that keys that are made at once are those that are made one by one. */
class KeysTest {
    private static final RoomId ROOM = new RoomId("a.b~c");

    @Test
    void areWhatTheirNamesSay() {
        assertThat(request(Keys.of(List.of("a", "b\u00e9"))))
                .isEqualTo(
                        Request.cmd(Command.EVAL).arg(2).arg("a").arg("b\u00e9").toString());
        assertThat(request(Keys.of(List.of())))
                .isEqualTo(Request.cmd(Command.EVAL).arg(0).toString());
    }

    @Test
    void standBehindABeginning() {
        Keys ends = Keys.of(List.of(":1", "", ":\u00e9"));

        assertThat(request(ends.behind("\u00fc")))
                .isEqualTo(request(Keys.of(List.of("\u00fc:1", "\u00fc", "\u00fc:\u00e9"))));
        assertThat(request(ends)).as("as they were").isEqualTo(request(Keys.of(List.of(":1", "", ":\u00e9"))));
    }

    @Test
    void ofARoomAreAllOfThem() {
        Function<RoomId, Keys> keys = RoomKeys.encoded(RoomKeys::all);

        assertThat(request(keys.apply(ROOM))).isEqualTo(request(Keys.of(RoomKeys.all(ROOM))));
    }

    @Test
    void ofARoomAreNothingElse() {
        assertThatThrownBy(() -> RoomKeys.encoded(room -> List.of(RoomKeys.details(room), RoomKeys.ROOMS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RoomKeys.ROOMS);
    }

    private static String request(Keys keys) {
        Request request = Request.cmd(Command.EVAL);
        keys.addTo(request);
        return request.toString();
    }
}
