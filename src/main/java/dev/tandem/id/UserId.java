package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.regex.Pattern;

/** Names a user; minted by the server. 1 to 64 letters, digits, {@code _} or {@code -}. */
@RegisterForReflection
public record UserId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public UserId {
        if (value == null || !FORM.matcher(value).matches()) {
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
