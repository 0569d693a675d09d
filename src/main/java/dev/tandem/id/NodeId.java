package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;

/** Names a node in logs, leases and the names of its Redis connections. 1 to 64 letters, digits, {@code - _ .}. */
public record NodeId(@JsonValue String value) {
    private static final Form FORM = new Form("[A-Za-z0-9._-]", 64);

    public NodeId {
        if (!FORM.fits(value)) {
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
