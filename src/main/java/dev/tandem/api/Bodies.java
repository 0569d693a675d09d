package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.InvalidId;
import java.util.function.Supplier;

/** A request without a body, or with the body {@code null}, where one is needed. */
final class Bodies {
    private Bodies() {}

    static <T> T require(T body) {
        if (body == null) {
            throw new TandemException(ErrorCode.INVALID_JSON, "The body must be one JSON object.");
        }
        return body;
    }

    /** The id in a field of another name than its own; fails with {@code invalid_field}. */
    static <T> T checked(String field, String rule, Supplier<T> id) {
        try {
            return id.get();
        } catch (InvalidId wrong) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
        }
    }
}
