package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Names a user; minted by the server. 1 to 64 letters, digits, {@code _} or {@code -}. */
@RegisterForReflection
public record UserId(@JsonValue String value) {
    private static final Form FORM = new Form("[A-Za-z0-9_-]", 64);

    public UserId {
        if (!FORM.fits(value)) {
            throw new InvalidId("user", "1 to 64 letters, digits, '_' or '-'");
        }
    }

    /** The id of a new user. */
    public static UserId random() {
        return new UserId(RandomText.letters(16));
    }

    @Override
    public String toString() {
        return value;
    }
}
