package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names an event that an application makes up. 1 to 64 small letters, digits, {@code . _ : -}. */
@RegisterForReflection
public record EventName(@JsonValue String value) {
    private static final Form FORM = new Form("[a-z0-9._:-]", 64);

    public EventName {
        if (!FORM.fits(value)) {
            throw new InvalidId("name", "1 to 64 small letters, digits, '.', '_', ':' or '-'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
