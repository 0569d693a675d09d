package dev.tandem.engineio;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a request, kept for as long as a session is there: one text, of one byte a character as a rule, which is read when
 * somebody asks. As many as the HTTP server lets through.
 */
public final class RequestHeaders {
    public static final RequestHeaders NONE = new RequestHeaders("");

    private final String lines;

    private RequestHeaders(String lines) {
        this.lines = lines;
    }

    static RequestHeaders of(MultiMap headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) -> lines.append(name.toLowerCase(Locale.ROOT))
                .append(':')
                .append(value)
                .append('\n'));
        return new RequestHeaders(lines.toString());
    }

    /** By their names in lower case; what a name has several times is joined by commas, cookies by semicolons. */
    public Map<String, String> asMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String joint = name.equals("cookie") ? "; " : ", ";
            headers.merge(name, line.substring(colon + 1), (first, second) -> first + joint + second);
        });
        return headers;
    }
}
