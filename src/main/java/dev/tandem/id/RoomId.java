package dev.tandem.id;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Names a room. 1 to 64 characters: letters, digits, {@code _ - . ~}, the first of them a letter, a digit or {@code _}; so an id
 * can stand in a Redis key, a Socket.IO room name and a URL path as it is.
 */
@RegisterForReflection
public record RoomId(@JsonValue String value) {
    private static final Form FORM = new Form("[A-Za-z0-9_]", "[A-Za-z0-9._~-]", 64);

    public RoomId {
        if (!FORM.fits(value)) {
            throw new InvalidId(
                    "room", "1 to 64 letters, digits or '_', '-', '.', '~', beginning with a letter, digit or '_'");
        }
    }

    /** A fresh room id that nobody can guess. */
    public static RoomId random() {
        return new RoomId(RandomText.letters(16));
    }

    @Override
    public String toString() {
        return value;
    }
}
