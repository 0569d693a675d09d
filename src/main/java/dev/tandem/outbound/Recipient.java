package dev.tandem.outbound;

/** One of many who are told the same. */
public interface Recipient {

    /** The way to it. */
    Outbound outbound();

    /**
     * False if it wants to be told nothing any more, or not yet. Asked on its way's event loop, and only from {@link Outbound#askEach} on: a
     * way that is open leads to somebody who listens, as a rule.
     */
    boolean isOpen();
}
