package dev.tandem.relay;

/** What came in is not from a node of this version. */
final class MalformedBatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedBatch(String why) {
        super(why, null, false, false);
    }
}
