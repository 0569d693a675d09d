package dev.tandem.error;

import java.util.Optional;

/**
 * A request that cannot be done, with the code and the sentence that the one who asked is told. Expected, so without a stack
 * trace; what is not expected is any other exception, and clients are told {@link ErrorCode#INTERNAL}.
 */
public class TandemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String field;

    public TandemException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public TandemException(ErrorCode code, String message, String field) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
    }

    public ErrorCode code() {
        return code;
    }

    /** The field of the request that is wrong, where it is one. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
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
