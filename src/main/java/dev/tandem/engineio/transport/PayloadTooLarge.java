package dev.tandem.engineio.transport;

/** The body of a POST is longer than it may be; the rest of it was not kept. */
public final class PayloadTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PayloadTooLarge() {
        super("payload too large", null, false, false);
    }
}
