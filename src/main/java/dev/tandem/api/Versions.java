package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a room's settings as an entity tag: {@code "3"}. */
final class Versions {
    private static final Pattern FORM = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private Versions() {}

    static String tag(Long version) {
        return "\"" + version + "\"";
    }

    /** From {@code If-Match}, null if there is none; empty for any version. Fails with {@code invalid_field}. */
    static Optional<Long> of(String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(ifMatch.strip());
        if (!form.matches()) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'If-Match' must be the room's ETag, as \"3\", or *.", "If-Match");
        }
        return Optional.of(Long.valueOf(form.group(1)));
    }
}
