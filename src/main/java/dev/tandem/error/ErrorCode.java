package dev.tandem.error;

import java.util.Locale;

/** Every way in which a request can fail, as clients see it. The names are stable; each door maps them in one table. */
public enum ErrorCode {
    ROOM_NOT_FOUND,
    ROOM_EXISTS,
    NOT_A_MEMBER,
    ALREADY_JOINED,
    /** The user is banned from the room. */
    BANNED,
    /** The room has as many users as it may have. */
    ROOM_FULL,
    /** Nobody may come in who is not in already. */
    ROOM_LOCKED,
    PASSWORD_REQUIRED,
    WRONG_PASSWORD,
    /** Used up, expired, revoked, or never given. */
    INVALID_INVITATION,
    /** The user may not say anything in the room. */
    MUTED,
    /** The user said something a moment ago. */
    SLOW_MODE,
    /** What was to be changed is not any more what the caller thinks. */
    VERSION_CONFLICT,
    /** There are as many of these as there may be. */
    LIMIT_REACHED,
    /** Never said, removed, or so old that the room has it no more. */
    MESSAGE_NOT_FOUND,
    /** It was said too long ago to be changed. */
    TOO_OLD,
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
    /** The key of a repeat was used for another call. */
    IDEMPOTENCY_CONFLICT,
    /** The first call with this key is under way. */
    IN_PROGRESS,
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
