package dev.tandem.presence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.List;

/**
 * How present somebody is, as they say by one of their connections.
 *
 * @param status {@code online}, {@code dnd} or {@code away}
 * @param text in their own words; empty if there are none
 * @param at when it was set (ms)
 */
public record Status(String status, String text, long at) {
    /** Of whoever has not said anything else. */
    public static final Status ONLINE = new Status("online", "", 0);

    private static final List<String> ALL = List.of("online", "dnd", "away");
    private static final int MOST_TEXT = 128;

    /** Set now; fails with {@code invalid_field}. {@code text} has at most 128 characters. */
    public static Status of(String status, String text) {
        if (!ALL.contains(status)) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'status' must be one of " + String.join(", ", ALL) + ".", "status");
        } else if (text.codePointCount(0, text.length()) > MOST_TEXT) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'text' must have at most " + MOST_TEXT + " characters.", "text");
        }
        return new Status(status, text, System.currentTimeMillis());
    }

    /** As the script {@code status-of-user} wants it; empty for whoever is just online. */
    String entry() {
        if (status.equals(ONLINE.status) && text.isEmpty()) {
            return "";
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("status", status);
        if (!text.isEmpty()) {
            told.put("text", text);
        }
        String object = told.toString();
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("at", at)
                .put("json", object.substring(1, object.length() - 1))
                .toString();
    }
}
