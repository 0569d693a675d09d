package dev.tandem.id;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;

/** A text that was to become an id breaks the rule for such ids. */
public final class InvalidId extends TandemException {
    private static final long serialVersionUID = 1L;

    InvalidId(String field, String rule) {
        super(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
