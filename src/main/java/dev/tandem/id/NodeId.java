package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a node in logs, leases and the names of its Redis connections. 1 to 64 letters, digits, {@code - _ .}. */
public record NodeId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public NodeId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new InvalidId("tandem.node.id", "1 to 64 letters, digits, '-', '_' or '.'");
        }
    }

    /** The name of a node that was given none. */
    public static NodeId random() {
        return new NodeId(RandomText.letters(8));
    }

    @Override
    public String toString() {
        return value;
    }
}
