package dev.tandem.id;

import java.util.regex.Pattern;

/**
 * Which texts are ids of one kind: so many ASCII characters, all of them allowed. Each message brings several ids, so that their
 * characters are looked up, and nothing is made for it.
 */
final class Form {
    private static final int ASCII = 128;

    private final boolean[] first;
    private final boolean[] others;
    private final int most;

    /** 1 to {@code most} characters of that class, as a regular expression has it. */
    Form(String characters, int most) {
        this(characters, characters, most);
    }

    /** The same, of which the first is of a class of its own. */
    Form(String first, String others, int most) {
        this.first = allowed(first);
        this.others = allowed(others);
        this.most = most;
    }

    /** False for null. */
    boolean fits(String text) {
        if (text == null || text.isEmpty() || text.length() > most || !is(first, text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!is(others, text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(boolean[] allowed, char character) {
        return character < ASCII && allowed[character];
    }

    private static boolean[] allowed(String characters) {
        Pattern one = Pattern.compile(characters);
        boolean[] allowed = new boolean[ASCII];
        for (char each = 0; each < ASCII; each++) {
            allowed[each] = one.matcher(String.valueOf(each)).matches();
        }
        return allowed;
    }
}
