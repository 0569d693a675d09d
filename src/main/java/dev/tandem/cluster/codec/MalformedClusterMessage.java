package dev.tandem.cluster.codec;

/** What came over Redis is not a message of the cluster. Ends with that message, never more. */
public final class MalformedClusterMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedClusterMessage(String why) {
        super(why, null, false, false);
    }
}
