package dev.tandem.redis;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Map;

/** The one place where what can go wrong with a command becomes what the one who asked is told. */
final class RedisFailures {
    /** Error replies that mean "not now", whatever the command was. */
    private static final Map<String, String> NOT_NOW = Map.of(
            "OOM", "Redis is out of memory",
            "LOADING", "Redis is loading its data",
            "READONLY", "Redis is a read-only replica",
            "MASTERDOWN", "Redis has lost its primary",
            "MISCONF", "Redis cannot write its data to disk",
            "NOREPLICAS", "Redis has too few replicas",
            "BUSY", "Redis is busy with a script");
    /** Error replies that name another server, or say that the right one is not known yet. */
    private static final List<String> MISDIRECTED = List.of("MOVED ", "ASK ", "TRYAGAIN", "CLUSTERDOWN");

    private RedisFailures() {}

    static TandemException unavailable(String why) {
        return new TandemException(ErrorCode.REDIS_UNAVAILABLE, why + "; nothing was done.");
    }

    static TandemException outcomeUnknown(String why) {
        return new TandemException(ErrorCode.OUTCOME_UNKNOWN, why + "; it may or may not have been done.");
    }

    static TandemException overloaded() {
        return new TandemException(ErrorCode.OVERLOADED, "Too many commands wait for Redis; nothing was done.");
    }

    /** True if {@code failure} is an answer of Redis, and not the loss of the connection. */
    static boolean isReply(Throwable failure) {
        return failure instanceof ErrorType error && !error.is("CONNECTION_CLOSED");
    }

    /** True if Redis does not know the script by its hash, and has to be given its text. */
    static boolean isUnknownScript(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }

    /** True if the client refused the command as malformed: a mistake in this program, which was never written. */
    static boolean isRefused(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("Redis command is not valid");
    }

    /** True if the client had noticed already that the connection is closed, and wrote nothing. */
    static boolean isUnwritten(Throwable failure) {
        return "Connection is closed".equals(failure.getMessage());
    }

    /** True if a server of a cluster says that the command, or the subscription, belongs elsewhere, or has to wait. */
    static boolean isMisdirected(String reply) {
        return MISDIRECTED.stream().anyMatch(reply::startsWith);
    }

    /** True if what was taken for the primary is a replica. */
    static boolean isReadOnly(Throwable failure) {
        return failure instanceof ErrorType error && error.is("READONLY");
    }

    /** What failed and, where it is known, why: TLS hides that below. For logs. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String what = message(failure);
        return what.contains(message(root)) ? what : what + ": " + message(root);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    static Throwable ofReply(Throwable reply) {
        if (reply instanceof ErrorType error) {
            if (isMisdirected(error.getMessage())) {
                return unavailable("The Redis cluster is down or being rearranged");
            }
            for (Map.Entry<String, String> notNow : NOT_NOW.entrySet()) {
                if (error.is(notNow.getKey())) {
                    return unavailable(notNow.getValue());
                }
            }
        }
        return reply;
    }
}
