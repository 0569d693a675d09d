package dev.tandem.gateway.sse;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** How many rooms a reader of the lobby wants to begin with: {@code limit}. */
final class FirstPage {
    private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,2}|1000");
    private static final int DEFAULT = 50;

    private FirstPage() {}

    /** Fails with {@code invalid_field}. */
    static int limit(HttpServerRequest request) {
        String given = request.getParam("limit");
        if (given == null) {
            return DEFAULT;
        } else if (!FORM.matcher(given).matches()) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'limit' must be a whole number from 1 to 1000.", "limit");
        }
        return Integer.parseInt(given);
    }
}
