package dev.tandem.room;

/**
 * What somebody shows who wants to come into a room; the room's rules are kept by the script that lets in.
 *
 * @param way as the script names it
 * @param password the stored password that the given one was found to fit; empty if none was
 * @param invitation the hash of the invitation; empty if there is none
 */
public record Ticket(String way, String password, String invitation) {
    /** Shows nothing. */
    public static final Ticket NONE = new Ticket("enter", "", "");

    /** Was in the room until the connection was lost: only a ban keeps such a one out. */
    public static final Ticket RETURN = new Ticket("return", "", "");

    /** Is in the room, and is made present anew. */
    public static final Ticket PRESENT = new Ticket("announce", "", "");
}
