package dev.tandem.gateway.sse;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.gateway.RoomReaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a reader has seen: {@code Last-Event-ID}, or else {@code since}, as {@code <epoch>:<seq>} or {@code <seq>}. */
final class LastSeen {
    private static final Pattern FORM = Pattern.compile("(?:([a-z0-9]{1,40}):)?(\\d{1,18})");

    private LastSeen() {}

    /** Empty for a new reader; fails with {@code invalid_field}. */
    static Optional<RoomReaders.Since> of(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        if (id != null && !id.isEmpty()) {
            return Optional.of(read("Last-Event-ID", id));
        }
        return Optional.ofNullable(request.getParam("since")).map(since -> read("since", since));
    }

    private static RoomReaders.Since read(String field, String given) {
        Matcher form = FORM.matcher(given);
        if (!form.matches()) {
            String rule = "'%s' must be a message's number, or an event's id.".formatted(field);
            throw new TandemException(ErrorCode.INVALID_FIELD, rule, field);
        }
        return new RoomReaders.Since(Long.parseLong(form.group(2)), Optional.ofNullable(form.group(1)));
    }
}
