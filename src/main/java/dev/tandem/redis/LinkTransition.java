package dev.tandem.redis;

/** A connection of the pair went from one state to another. Fired as a CDI event, on the pair's event loop: do not block. */
public record LinkTransition(Role role, LinkState from, LinkState to) {

    /** True if the connection is usable now and was not before. */
    public boolean becameReady() {
        return to instanceof LinkState.Ready;
    }
}
