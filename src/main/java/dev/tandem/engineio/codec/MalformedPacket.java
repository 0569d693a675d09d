package dev.tandem.engineio.codec;

/** What came in is not an Engine.IO packet. Ends that session, never more. */
public final class MalformedPacket extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPacket(String why) {
        super(why, null, false, false);
    }
}
