package dev.tandem.id;

/** Names one live connection of a client, over either door; never told to other clients. */
public record ConnectionId(String value) {

    /** The id of a connection that has just been opened. */
    public static ConnectionId random() {
        return new ConnectionId(RandomText.letters(20));
    }

    @Override
    public String toString() {
        return value;
    }
}
