package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;

/** Names a message within its room; chosen by the client, so that a repeat is harmless. 1 to 128 visible ASCII characters. */
public record MessageId(@JsonValue String value) {
    private static final Form FORM = new Form("[!-~]", 128);

    public MessageId {
        if (!FORM.fits(value)) {
            throw new InvalidId("id", "1 to 128 visible ASCII characters without spaces");
        }
    }

    /** An id for a message whose sender gave none. */
    public static MessageId random() {
        return new MessageId(RandomText.letters(20));
    }

    @Override
    public String toString() {
        return value;
    }
}
