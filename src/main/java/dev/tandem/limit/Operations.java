package dev.tandem.limit;

/** The names of what is limited out of the box. Whoever limits something else names it with one word of its own. */
public final class Operations {
    /** A new session is made; counted by address. */
    public static final String SESSION = "session";

    /** A new guest is remembered who came over HTTP; counted by address. */
    public static final String GUESTS = "guests";

    /** Credentials were there and wrong; counted by address. */
    public static final String CREDENTIALS = "credentials";

    /** A message is posted; counted by user, or by address for who shows nothing. So are the next ones. */
    public static final String POST = "post";

    /** A room is entered. */
    public static final String JOIN = "join";

    /** A room is made. */
    public static final String CREATE = "create";

    /** An event is published to a room, or told to a user. */
    public static final String PUBLISH = "publish";

    /** A user shows a password at a room's door. */
    public static final String PASSWORD = "password";

    /** Passwords that are shown at one room's door, by whomever. */
    public static final String PASSWORDS_OF_ROOM = "roompasswords";

    private Operations() {}
}
