package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.InvalidId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A command's fields, checked as they are read. A field that is null counts as not given. */
record CommandFields(JsonNode fields) {

    CommandFields {
        if (fields == null || !fields.isObject()) {
            throw new TandemException(ErrorCode.INVALID_COMMAND, "A command's fields are one JSON object.");
        }
    }

    RoomId room() {
        return new RoomId(text("room").orElse(null));
    }

    /** A room's id where the field is not called {@code room}. */
    RoomId room(String field) {
        try {
            return new RoomId(text(field).orElse(null));
        } catch (InvalidId noRoom) {
            throw invalid(field, "a room's id");
        }
    }

    UserId user() {
        return new UserId(text("user").orElse(null));
    }

    /** A whole number, which the feature checks further. */
    Optional<Long> number(String field) {
        JsonNode value = any(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(field, "a whole number");
        }
        return Optional.of(value.longValue());
    }

    Optional<String> text(String field) {
        JsonNode value = any(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(field, "a text");
        }
        return Optional.of(value.textValue());
    }

    OptionalLong seq(String field) {
        JsonNode value = any(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw invalid(field, "a whole number from 0");
        }
        return OptionalLong.of(value.longValue());
    }

    /** The number of a message, which must be given. */
    long seq() {
        return seq("seq").orElseThrow(() -> invalid("seq", "a whole number from 0"));
    }

    /** Users' ids, none if the field is not given. */
    List<UserId> users(String field) {
        JsonNode value = any(field);
        if (value == null) {
            return List.of();
        }
        List<UserId> users = new ArrayList<>();
        try {
            for (JsonNode user : value) {
                users.add(new UserId(user.textValue()));
            }
        } catch (InvalidId noUser) {
            throw invalid(field, "a list of users' ids");
        }
        if (!value.isArray()) {
            throw invalid(field, "a list of users' ids");
        }
        return List.copyOf(users);
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode value = any(field);
        if (value != null && !value.isBoolean()) {
            throw invalid(field, "true or false");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** Null if the field is not given. */
    JsonNode any(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static TandemException invalid(String field, String rule) {
        return new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
