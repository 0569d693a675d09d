package dev.tandem.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fields of a room's details that are shown, in the order in which they are asked for. */
final class RoomFields {
    static final List<String> NAMES = List.of(
            "name",
            "topic",
            "private",
            "emptyTtl",
            "capacity",
            "createdAt",
            "seq",
            "epoch",
            "version",
            "password",
            "locked",
            "metadata",
            "owner",
            "slowMode",
            "historyCount",
            "historyAge");

    private final Response values;

    private RoomFields(Response values) {
        this.values = values;
    }

    static Request request(RoomId id) {
        Request request = Request.cmd(Command.HMGET).arg(RoomKeys.details(id));
        NAMES.forEach(request::arg);
        return request;
    }

    /** Everything about the room; empty if there is none. */
    static Optional<Room> room(RoomId id, Response values, long members, long roles, ObjectMapper mapper) {
        RoomFields fields = new RoomFields(values);
        return fields.text("epoch") == null ? Optional.empty() : Optional.of(fields.room(id, members, roles, mapper));
    }

    private Room room(RoomId id, long members, long roles, ObjectMapper mapper) {
        Long version = number("version");
        return new Room(
                id,
                text("name"),
                text("topic"),
                "1".equals(text("private")),
                seconds("emptyTtl"),
                number("capacity"),
                Instant.parse(text("createdAt")),
                number("seq"),
                text("epoch"),
                members,
                version == null ? Long.valueOf(1) : version,
                text("password") != null,
                text("locked") != null,
                json("metadata", mapper),
                text("owner") == null ? null : new UserId(text("owner")),
                roles == 0 ? null : Long.valueOf(roles),
                number("slowMode"),
                number("historyCount"),
                seconds("historyAge"));
    }

    private String text(String name) {
        Response value = values.get(NAMES.indexOf(name));
        return value == null ? null : value.toString();
    }

    private Long number(String name) {
        String text = text(name);
        return text == null ? null : Long.valueOf(text);
    }

    private Long seconds(String name) {
        Long millis = number(name);
        return millis == null ? null : Long.valueOf(millis / 1_000);
    }

    private JsonNode json(String name, ObjectMapper mapper) {
        String text = text(name);
        try {
            return text == null ? null : mapper.readTree(text);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }
}
