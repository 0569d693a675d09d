package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.id.NodeId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import java.util.Map;
import java.util.function.Consumer;

/** Everything that clients are told, over either door: events, and the answers to their commands. */
public sealed interface ServerFrame {

    /**
     * Something happened; {@code json} is the event's one object.
     *
     * @param place after which event of which room the client stands once it has this one; null if it is where it was
     */
    record Event(String name, String json, Place place) implements ServerFrame {}

    /** A command was carried out; {@code fields} puts what is to be said of it into the answer, if one is wanted. */
    record Done(Consumer<ObjectNode> fields) implements ServerFrame {
        /** The same, of fields that are there already. */
        public Done(ObjectNode fields) {
            this(answer -> answer.setAll(fields));
        }
    }

    /** A command was not carried out. */
    record Failed(TandemException failure) implements ServerFrame {}

    /** The first event of a connection: who the client is. */
    static Event welcome(UserRef user, NodeId node) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("user").put("id", user.id().value()).put("name", user.name());
        json.put("node", node.value());
        return new Event("welcome", json.toString(), Place.START);
    }

    /** Something for a user, in no room. */
    static Event direct(String json) {
        return new Event("direct", json, null);
    }

    /** How far a user has read a room, for their other connections. */
    static Event read(String json) {
        return new Event("read", json, null);
    }

    /** The first page of the public rooms, for who watches them and did not ask. */
    static Event rooms(ObjectNode page) {
        return new Event("rooms", page.toString(), null);
    }

    /** A public room that was not in the list is; as the list shows it. */
    static Event listed(RoomId room, JsonNode details) {
        return new Event("listed", detailed(room, details), null);
    }

    /** A public room is another one than before; as the list shows it. */
    static Event changed(RoomId room, JsonNode details) {
        return new Event("changed", detailed(room, details), null);
    }

    /** A public room is gone, or is not public any more. */
    static Event unlisted(RoomId room) {
        return new Event("unlisted", about(room).toString(), null);
    }

    /** How many users are in public rooms. */
    static Event counts(Map<RoomId, Long> members) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        members.forEach((room, count) -> items.add(about(room).put("members", count)));
        return new Event("counts", json.toString(), null);
    }

    /** What became of public rooms for a while, nobody can say: who watches them must list them anew. */
    static Event relist() {
        return new Event("relist", "{\"recovered\":false}", null);
    }

    static Event of(RoomId room, RoomEvent event) {
        return new Event(event.name(), event.json(), place(room, event));
    }

    private static ObjectNode about(RoomId room) {
        return JsonNodeFactory.instance.objectNode().put("room", room.value());
    }

    private static String detailed(RoomId room, JsonNode details) {
        return about(room).<ObjectNode>set("details", details).toString();
    }

    /** Messages and resets bring a client somewhere; whatever else happens leaves it where it is. */
    private static Place place(RoomId room, RoomEvent event) {
        if (event instanceof RoomEvent.Posted posted) {
            return new Place(room, posted.epoch(), posted.seq());
        }
        return event instanceof RoomEvent.Reset reset ? new Place(room, reset.epoch(), reset.seq()) : null;
    }

    /** The object that answers a command: {@code {ok: true, ...}} or {@code {ok: false, error: {code, message, field?, retryAfter?}}}. */
    default ObjectNode answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (this instanceof Done done) {
            done.fields().accept(answer.put("ok", true));
        } else if (this instanceof Failed failed) {
            ObjectNode error = answer.put("ok", false).putObject("error");
            error.put("code", failed.failure().code().wireName());
            error.put("message", failed.failure().getMessage());
            failed.failure().field().ifPresent(field -> error.put("field", field));
            failed.failure().retryAfterSeconds().ifPresent(seconds -> error.put("retryAfter", seconds));
        }
        return answer;
    }
}
