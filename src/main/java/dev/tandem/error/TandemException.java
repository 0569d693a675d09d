package dev.tandem.error;

import java.time.Duration;
import java.util.Optional;

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
        this(code, message, null);
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

    public ErrorCode code() {
        return code;
    }

    /** The field of the request that is wrong, where it is one. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** How long to wait before it makes sense to try again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** A wait in whole seconds, rounded up, as clients are told it. */
    public static long seconds(Duration wait) {
        return wait.plusNanos(999_999_999).toSeconds();
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
