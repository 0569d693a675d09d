package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What scripts answer that refuse to write by a rule of the room: {@code {-1, code, ms to wait or 0}}, or nil without a room. */
public final class Refusals {
    private static final long REFUSED = -1;
    private static final Map<ErrorCode, String> WHY = sentences();

    private Refusals() {}

    /** The reply, if it is no refusal; else fails with what it says, or {@code room_not_found}. */
    public static Response require(RoomId room, Response reply) {
        if (reply == null) {
            throw Rooms.notFound(room);
        }
        boolean refused = reply.type() == ResponseType.MULTI
                && reply.get(0).type() == ResponseType.NUMBER
                && reply.get(0).toLong() == REFUSED;
        if (refused) {
            throw failure(reply.get(1).toString(), reply.get(2).toLong());
        }
        return reply;
    }

    /** True if a rule of the room kept a user out, and nothing was done: not one of those after which that is uncertain. */
    public static boolean isCertain(Throwable failure) {
        return failure instanceof TandemException refused
                && (refused.code() == ErrorCode.ROOM_NOT_FOUND || WHY.containsKey(refused.code()));
    }

    static TandemException of(ErrorCode code) {
        return new TandemException(code, WHY.get(code));
    }

    private static TandemException failure(String name, long wait) {
        TandemException failure = of(ErrorCode.valueOf(name.toUpperCase(Locale.ROOT)));
        return wait > 0 ? failure.retryAfter(Duration.ofMillis(wait)) : failure;
    }

    private static Map<ErrorCode, String> sentences() {
        Map<ErrorCode, String> why = new EnumMap<>(ErrorCode.class);
        why.put(ErrorCode.BANNED, "You are banned from this room.");
        why.put(ErrorCode.ROOM_FULL, "The room has as many users as it may have.");
        why.put(ErrorCode.ROOM_LOCKED, "The room is locked.");
        why.put(ErrorCode.PASSWORD_REQUIRED, "The room has a password.");
        why.put(ErrorCode.WRONG_PASSWORD, "That is not the room's password.");
        why.put(ErrorCode.INVALID_INVITATION, "The invitation is not valid, or not any more.");
        why.put(ErrorCode.MUTED, "You are muted in this room.");
        why.put(ErrorCode.SLOW_MODE, "The room is in slow mode.");
        why.put(ErrorCode.NOT_A_MEMBER, "Only those in this room may do that.");
        why.put(ErrorCode.VERSION_CONFLICT, "The room was changed meanwhile.");
        why.put(ErrorCode.LIMIT_REACHED, "The room has as many of these as it may have.");
        why.put(ErrorCode.MESSAGE_NOT_FOUND, "There is no such message in this room, or not any more.");
        why.put(ErrorCode.UNAUTHENTICATED, "Say who you are: the room is somebody's.");
        why.put(ErrorCode.FORBIDDEN, "You may not do that in this room.");
        return why;
    }
}
