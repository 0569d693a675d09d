package dev.tandem.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.RoomId;
import org.junit.jupiter.api.Test;

/** Verifies with how many keys messages are posted. */
class PostKeysTest {
    private static final int FEW = 3;
    private static final int ALL = 11;

    private final RoomId room = new RoomId("lobby");
    private final PostKeys keys = new PostKeys(false);

    @Test
    void mostRoomsNeedFew() {
        assertThat(keys.of(room).size()).isEqualTo(FEW);
    }

    @Test
    void allAreSentOnceTheyHaveBeenAskedFor() {
        assertThat(keys.onAskedForAll(room).size()).isEqualTo(ALL);

        assertThat(keys.of(room).size()).isEqualTo(ALL);
        assertThat(keys.of(new RoomId("another")).size()).isEqualTo(FEW);
    }

    @Test
    void fewAreNotAll() {
        assertThat(PostKeys.areAll(keys.of(room))).isFalse();
        assertThat(PostKeys.areAll(keys.onAskedForAll(room))).isTrue();
    }

    @Test
    void eachRoomIsRememberedByItself() {
        for (int i = 0; i < 1_000; i++) {
            keys.onAskedForAll(new RoomId("ruled-" + i));
        }

        long mistaken = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.of(new RoomId("ruled-" + i)).size()).isEqualTo(ALL);
            mistaken += keys.of(new RoomId("plain-" + i)).size() == ALL ? 1 : 0;
        }
        assertThat(mistaken).isLessThan(50);
    }

    @Test
    void allAreSentWhereEveryRoomNeedsThem() {
        assertThat(new PostKeys(true).of(room).size()).isEqualTo(ALL);
    }
}
