package dev.tandem.limit;

/** The names of what is limited out of the box. Whoever limits something else names it with one word of its own. */
public final class Operations {
    /** A new session is made; counted by address. */
    public static final String SESSION = "session";

    /** Credentials were there and wrong; counted by address. */
    public static final String CREDENTIALS = "credentials";

    /** A user shows a password at a room's door. */
    public static final String PASSWORD = "password";

    /** Passwords that are shown at one room's door, by whomever. */
    public static final String PASSWORDS_OF_ROOM = "roompasswords";

    private Operations() {}
}
