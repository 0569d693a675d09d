package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
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

    /** Null if the field is not given. */
    JsonNode any(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static TandemException invalid(String field, String rule) {
        return new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
