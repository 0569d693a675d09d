package dev.tandem.limit;

/** The names of what is limited out of the box. Whoever limits something else names it with one word of its own. */
public final class Operations {
    /** A new session is made; counted by address. */
    public static final String SESSION = "session";

    /** Credentials were there and wrong; counted by address. */
    public static final String CREDENTIALS = "credentials";

    private Operations() {}
}
