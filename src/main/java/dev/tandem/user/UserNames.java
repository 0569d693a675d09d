package dev.tandem.user;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.Optional;

/** Names that users may have: 1 to 64 characters that can be seen, without spaces around. Pure. */
public final class UserNames {
    private static final int MOST = 64;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private UserNames() {}

    /** The name that somebody chose, without spaces around it; fails with {@code invalid_field}. */
    public static String require(String given) {
        String name = given.strip();
        long length = name.codePoints().count();
        if (length < 1 || length > MOST || !canBeSeen(name)) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD,
                    "'name' must have 1 to 64 characters, and none that cannot be seen.",
                    "name");
        }
        return name;
    }

    /** Whether there is nothing in a name by which it could pass for another one, or move what stands around it. */
    public static boolean canBeSeen(String name) {
        return name.codePoints().allMatch(UserNames::isAllowed);
    }

    /** As much of a name that another authority vouches for as can be shown; empty if that is nothing. */
    public static Optional<String> clean(String given) {
        if (given == null) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        given.strip().codePoints().filter(UserNames::isAllowed).limit(MOST).forEach(name::appendCodePoint);
        return Optional.of(name.toString().strip()).filter(text -> !text.isEmpty());
    }

    /** Not what moves the cursor or turns the direction of writing; emoji are joined by characters without width. */
    private static boolean isAllowed(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }
}
