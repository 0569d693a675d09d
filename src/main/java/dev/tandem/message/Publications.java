package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.EventName;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Events of an application in rooms: told to who is there, and kept nowhere. From any thread. */
@Singleton
public class Publications {
    private final Scripts scripts;
    private final WrittenEvents written;
    private final MessageConfig config;
    private final ObjectMapper mapper;
    private final Counter published;
    private final Script publish = Script.load("room-rules", "publish-event", Effect.ONCE);

    Publications(
            Scripts scripts, WrittenEvents written, MessageConfig config, ObjectMapper mapper, MeterRegistry registry) {
        this.scripts = scripts;
        this.written = written;
        this.config = config;
        this.mapper = mapper;
        this.published = Counter.builder("tandem.events.published")
                .description("Events of applications that this node told rooms")
                .register(registry);
    }

    /**
     * Tells the room's members; {@code data} may be null, {@code isOperator} says that the room's rules do not bind who says it.
     * Completes with when that was, once Redis has passed it on. Fails with {@code room_not_found}, {@code banned}, {@code muted}, {@code
     * slow_mode}, {@code not_a_member}, {@code payload_too_large}, {@code redis_unavailable}, or {@code outcome_unknown}, after which
     * members may have been told.
     */
    public Uni<String> publish(RoomId room, UserRef from, EventName name, JsonNode data, boolean isOperator) {
        EventBody body;
        try {
            body = EventBody.of(
                    mapper.createObjectNode().put("room", room.value()),
                    name,
                    data,
                    from,
                    config.maxData().asLongValue(),
                    mapper);
        } catch (TandemException refused) {
            return Uni.createFrom().failure(refused);
        }
        return scripts.run(
                        publish,
                        keys(room),
                        RoomKeys.channel(room),
                        RoomEvent.Told.Kind.EVENT.head() + body.json(),
                        from.id().value(),
                        isOperator ? "1" : "0")
                .map(reply -> Refusals.require(room, reply))
                .invoke(told -> {
                    published.increment();
                    written.tell(room, new RoomEvent.Told(RoomEvent.Told.Kind.EVENT, body.json()));
                })
                .replaceWith(body.at());
    }

    private static List<String> keys(RoomId room) {
        return List.of(
                RoomKeys.details(room),
                RoomKeys.users(room),
                RoomKeys.roles(room),
                RoomKeys.bans(room),
                RoomKeys.mutes(room),
                RoomKeys.slow(room));
    }
}
