package dev.tandem.error;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that cannot be done, with the code and the sentence that the one who asked is told. Expected, so without a stack
 * trace; what is not expected is any other exception, and clients are told {@link ErrorCode#INTERNAL}.
 */
public class TandemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String field;
    private final Duration retryAfter;

    public TandemException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    public TandemException(ErrorCode code, String message, String field) {
        this(code, message, field, null);
    }

    private TandemException(ErrorCode code, String message, String field, Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** The same, and that it is no use to try again earlier than after {@code wait}. */
    public TandemException retryAfter(Duration wait) {
        return new TandemException(code, getMessage(), field, wait);
    }

    /** Too much was asked for; after {@code wait} it may be asked again. */
    public static TandemException rateLimited(Duration wait) {
        return new TandemException(ErrorCode.RATE_LIMITED, "Too many requests; try again later.", null, wait);
    }

    /** There are no credentials where some are needed, or they are not good. Says no more, lest it help to guess. */
    public static TandemException unauthenticated(String message) {
        return new TandemException(ErrorCode.UNAUTHENTICATED, message);
    }

    public ErrorCode code() {
        return code;
    }

    /** The field of the request that is wrong, where it is one. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** How long to wait before asking again, in whole seconds, rounded up; empty where that is not known. */
    public OptionalLong retryAfterSeconds() {
        return retryAfter == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, (retryAfter.toMillis() + 999) / 1_000));
    }

    /** What to tell the one who asked about {@code failure}: itself if it was made for that, else {@link ErrorCode#INTERNAL}. */
    public static TandemException of(Throwable failure) {
        if (failure instanceof TandemException expected) {
            return expected;
        }
        return new TandemException(ErrorCode.INTERNAL, "Something went wrong on the server.");
    }

    @Override
    public String toString() {
        return code.wireName() + ": " + getMessage();
    }
}
