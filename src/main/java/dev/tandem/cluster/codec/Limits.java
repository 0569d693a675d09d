package dev.tandem.cluster.codec;

/** What a message may be at most, in both directions: what a node would not read, it does not write either. */
final class Limits {
    /** Redis by default cuts off a subscriber with 32 MB to read, so that no message may be near that. */
    static final int BYTES = 16 * 1024 * 1024;

    /** Lists and maps within each other, those of the message itself included. */
    static final int DEPTH = 512;

    private Limits() {}

    /** Fails with {@link MalformedClusterMessage}. */
    static void checkRead(byte[] message) {
        if (message.length > BYTES) {
            throw new MalformedClusterMessage("the message is too long");
        }
    }

    /** Fails with {@link IllegalArgumentException}. */
    static byte[] checkWritten(byte[] message) {
        if (message.length > BYTES) {
            throw new IllegalArgumentException("the message is too long for the cluster: " + message.length);
        }
        return message;
    }

    /** Fails with {@link IllegalArgumentException}. */
    static void checkWrittenDepth(int depth) {
        if (depth > DEPTH) {
            throw new IllegalArgumentException("the value is nested too deeply for the cluster");
        }
    }
}
