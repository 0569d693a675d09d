package dev.tandem.event;

import dev.tandem.id.InvalidId;
import dev.tandem.id.UserId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The form of an event on its room's channel, as the scripts write it: a letter for the kind, a head up to the first {@code |},
 * and the JSON for clients.
 *
 * <pre>
 *   m&lt;epoch&gt;:&lt;seq&gt;|{...}   posted        j&lt;user&gt;|{...}   joined
 *   d|{...}              deleted       l&lt;user&gt;|{...}   left
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

    private RoomEventCodec() {}

    /** Fails with {@link Malformed}. */
    static RoomEvent decode(Buffer payload) {
        String text = payload.toString(StandardCharsets.UTF_8);
        int bar = text.indexOf('|');
        if (bar < 1) {
            throw new Malformed("no head");
        }
        String head = text.substring(1, bar);
        String json = text.substring(bar + 1);
        return switch (text.charAt(0)) {
            case 'm' -> posted(head, json);
            case 'j' -> new RoomEvent.Joined(user(head), json);
            case 'l' -> new RoomEvent.Left(user(head), json);
            case 'd' -> new RoomEvent.Deleted(json);
            default -> throw new Malformed("unknown kind " + text.charAt(0));
        };
    }

    private static UserId user(String head) {
        try {
            return new UserId(head);
        } catch (InvalidId noUser) {
            throw new Malformed("no user's id");
        }
    }

    private static RoomEvent posted(String head, String json) {
        int colon = head.indexOf(':');
        if (colon < 1) {
            throw new Malformed("a message without a number");
        }
        try {
            return new RoomEvent.Posted(
                    head.substring(0, colon), Long.parseLong(head, colon + 1, head.length(), 10), json);
        } catch (NumberFormatException noNumber) {
            throw new Malformed("a message without a number");
        }
    }
}
