package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;

/** A request without a body, or with the body {@code null}, where one is needed. */
final class Bodies {
    private Bodies() {}

    static <T> T require(T body) {
        if (body == null) {
            throw new TandemException(ErrorCode.INVALID_JSON, "The body must be one JSON object.");
        }
        return body;
    }
}
