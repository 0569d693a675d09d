package dev.tandem.error;

import java.util.Locale;

/** Every way in which a request can fail, as clients see it. The names are stable; each door maps them in one table. */
public enum ErrorCode {
    ROOM_NOT_FOUND,
    ROOM_EXISTS,
    NOT_A_MEMBER,
    ALREADY_JOINED,
    USER_NOT_FOUND,
    KEY_NOT_FOUND,
    INVALID_COMMAND,
    INVALID_JSON,
    INVALID_FIELD,
    TEXT_TOO_LONG,
    PAYLOAD_TOO_LARGE,
    UNAUTHENTICATED,
    FORBIDDEN,
    RATE_LIMITED,
    /** Redis cannot be reached; nothing was done. */
    REDIS_UNAVAILABLE,
    /** The connection broke, or time ran out, while the request was on its way: it may or may not have been done. */
    OUTCOME_UNKNOWN,
    /** A bound was reached; nothing was done. */
    OVERLOADED,
    INTERNAL;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The code as it stands in answers: {@code room_not_found}. */
    public String wireName() {
        return wireName;
    }
}
