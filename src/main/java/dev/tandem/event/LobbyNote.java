package dev.tandem.event;

import dev.tandem.id.RoomId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says on the lobby's channel that public rooms are worth a look, and not what became of them: who hears it looks later than that, so that
 * it does not matter in which order notes come, or how often. Its form is the letter of its kind, and the rooms' ids, which have no commas,
 * between commas.
 */
public record LobbyNote(Kind kind, List<RoomId> rooms) {

    /** What there may be to see. */
    public enum Kind {
        /** A room is in the list that was not. */
        LISTED('l'),
        /** A room in the list, or one that was in it, has other settings. */
        CHANGED('c'),
        /** A room that was in the list is gone. */
        GONE('g'),
        /** Users came to rooms or left them, in the list or not. */
        COUNTED('n');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        /** What is published to say that of a room. */
        public String of(RoomId room) {
            return letter + room.value();
        }

        /** The same of several. */
        String of(Collection<RoomId> rooms) {
            return letter + rooms.stream().map(RoomId::value).collect(Collectors.joining(","));
        }

        private static Kind of(char letter) {
            return Arrays.stream(values())
                    .filter(kind -> kind.letter == letter)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown kind " + letter));
        }
    }

    /** Fails if that is no note. */
    static LobbyNote decode(Buffer payload) {
        String text = payload.toString(StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing");
        }
        List<RoomId> rooms =
                Arrays.stream(text.substring(1).split(",")).map(RoomId::new).toList();
        return new LobbyNote(Kind.of(text.charAt(0)), rooms);
    }
}
