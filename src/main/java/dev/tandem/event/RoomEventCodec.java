package dev.tandem.event;

import dev.tandem.id.InvalidId;
import dev.tandem.id.UserId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The form of an event on its room's channel, as the scripts write it: a letter for the kind, a head up to the first {@code |},
 * and the JSON for clients.
 *
 * <pre>
 *   m&lt;epoch&gt;:&lt;seq&gt;|{...}   posted        j&lt;version&gt;:&lt;user&gt;|{...}   joined
 *   d|{...}              deleted       l&lt;version&gt;:&lt;user&gt;|{...}   left
 *   u|{...}              told, by the letter of its {@link RoomEvent.Told.Kind}
 *   y&lt;user&gt;|{...}        typing
 *   k&lt;user&gt;|{...}        put out, by the letter of its {@link RoomEvent.PutOut.Why}
 * </pre>
 */
final class RoomEventCodec {

    /** What came in on a room's channel is not an event. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    /** What reads an event of a kind from its head and its JSON. */
    private interface Reader {
        RoomEvent read(String head, String json);
    }

    private static final Map<Character, Reader> READERS = readers();

    private RoomEventCodec() {}

    /** Fails with {@link Malformed}. */
    static RoomEvent decode(Buffer payload) {
        ByteBuf bytes = payload.getByteBuf();
        int bar = bytes.bytesBefore((byte) '|');
        if (bar < 1) {
            throw new Malformed("no head");
        }
        char kind = (char) bytes.readByte();
        Reader reader = READERS.get(kind);
        if (reader == null) {
            throw new Malformed("unknown kind " + kind);
        }
        String head = text(bytes, bar - 1);
        bytes.skipBytes(1);
        return reader.read(head, text(bytes, bytes.readableBytes()));
    }

    private static String text(ByteBuf from, int length) {
        return from.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    private static Map<Character, Reader> readers() {
        Map<Character, Reader> readers = new HashMap<>();
        add(readers, 'm', RoomEventCodec::posted);
        add(readers, 'j', (head, json) -> new RoomEvent.Joined(version(head), counted(head), json));
        add(readers, 'l', (head, json) -> new RoomEvent.Left(version(head), counted(head), json));
        add(readers, RoomEvent.Typing.LETTER, (head, json) -> new RoomEvent.Typing(user(head), json));
        add(readers, 'd', (head, json) -> new RoomEvent.Deleted(json));
        for (RoomEvent.PutOut.Why why : RoomEvent.PutOut.Why.values()) {
            add(readers, why.letter(), (head, json) -> new RoomEvent.PutOut(user(head), why, json));
        }
        for (RoomEvent.Told.Kind kind : RoomEvent.Told.Kind.values()) {
            add(readers, kind.letter(), (head, json) -> new RoomEvent.Told(kind, json));
        }
        return Map.copyOf(readers);
    }

    private static void add(Map<Character, Reader> readers, char letter, Reader reader) {
        if (readers.put(letter, reader) != null) {
            throw new IllegalStateException("Two kinds of events have the letter " + letter);
        }
    }

    private static UserId user(String head) {
        try {
            return new UserId(head);
        } catch (InvalidId noUser) {
            throw new Malformed("no user's id");
        }
    }

    private static RoomEvent posted(String head, String json) {
        int colon = colon(head);
        return new RoomEvent.Posted(head.substring(0, colon), number(head, colon + 1, head.length()), json);
    }

    private static long version(String head) {
        return number(head, 0, colon(head));
    }

    private static UserId counted(String head) {
        return user(head.substring(colon(head) + 1));
    }

    private static int colon(String head) {
        int colon = head.indexOf(':');
        if (colon < 1) {
            throw new Malformed("no number");
        }
        return colon;
    }

    private static long number(String head, int from, int to) {
        try {
            return Long.parseLong(head, from, to, 10);
        } catch (NumberFormatException noNumber) {
            throw new Malformed("no number");
        }
    }
}
