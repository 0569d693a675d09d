package dev.tandem.presence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Refusals;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Who is typing: told to those who are in the room at that moment, and kept nowhere. From any thread. */
@Singleton
public class Typing {
    /** After so many seconds whoever was told takes it that the user is not typing any more. */
    private static final int EXPIRES = 6;

    private final Scripts scripts;
    private final WrittenEvents written;
    private final PresenceConfig config;
    private final Script tell = Script.load("room-rules", "tell-typing", Effect.REPEATABLE);

    Typing(Scripts scripts, WrittenEvents written, PresenceConfig config) {
        this.scripts = scripts;
        this.written = written;
        this.config = config;
    }

    /**
     * Tells the others in the room that the user, who is in it, is typing, or not any more; in a large room, of so many in a second. One
     * round trip. Fails with {@code
     * room_not_found}, {@code muted} or {@code redis_unavailable}.
     */
    public Uni<Void> tell(RoomId room, UserRef user, boolean on) {
        RoomEvent.Typing event = new RoomEvent.Typing(user.id(), json(room, user, on));
        List<String> keys =
                List.of(RoomKeys.details(room), RoomKeys.mutes(room), RoomKeys.users(room), RoomKeys.typing(room));
        return scripts.run(
                        tell,
                        keys,
                        user.id().value(),
                        RoomKeys.channel(room),
                        event.payload(),
                        Integer.toString(config.largeRoom()),
                        Integer.toString(config.largeRoomTyping()))
                .map(reply -> Refusals.require(room, reply))
                .invoke(told -> {
                    if (told.toLong() == 1) {
                        written.tell(room, event);
                    }
                })
                .replaceWithVoid();
    }

    private static String json(RoomId room, UserRef user, boolean on) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("room", room.value());
        json.putObject("user").put("id", user.id().value()).put("name", user.name());
        return json.put("on", on).put("expires", on ? EXPIRES : 0).toString();
    }
}
