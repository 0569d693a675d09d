package dev.tandem.session;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Locale;

/** What an API key may do. */
@RegisterForReflection
public enum Scope {
    /** Read rooms, their history and their members. */
    READ,
    /** Create rooms, post, and act for any user. */
    PUBLISH,
    /** Delete rooms and users. */
    MODERATE,
    /** Everything, and make and delete keys. */
    ADMIN;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The scope as it stands in settings and JSON. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The scope of that name; fails with {@code invalid_field}. */
    public static Scope of(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new TandemException(
                        ErrorCode.INVALID_FIELD,
                        "'scopes' are of 'read', 'publish', 'moderate' and 'admin'.",
                        "scopes"));
    }
}
