package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.id.RoomId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that what is said on the lobby's channel is understood, and nothing else is. */
class LobbyNoteTest {
    private static final RoomId LOBBY = new RoomId("lobby");
    private static final RoomId OTHER = new RoomId("a.b~c-d_e");

    @ParameterizedTest
    @EnumSource
    void whatIsSaidOfOneRoomIsUnderstood(LobbyNote.Kind kind) {
        assertThat(LobbyNote.decode(Buffer.buffer(kind.of(LOBBY)))).isEqualTo(new LobbyNote(kind, List.of(LOBBY)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSaidOfSeveralIsUnderstood(LobbyNote.Kind kind) {
        List<RoomId> rooms = List.of(LOBBY, OTHER);

        assertThat(LobbyNote.decode(Buffer.buffer(kind.of(rooms)))).isEqualTo(new LobbyNote(kind, rooms));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "l", "xlobby", "lno room", "nlobby,,lobby", "{}"})
    void whatIsNoNoteIsRefused(String text) {
        assertThatThrownBy(() -> LobbyNote.decode(Buffer.buffer(text))).isInstanceOf(RuntimeException.class);
    }
}
