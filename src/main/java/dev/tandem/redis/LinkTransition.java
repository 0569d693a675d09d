package dev.tandem.redis;

/**
 * A connection to Redis went from one state to another. Fired as a CDI event, on the pair's event loop: do not block.
 *
 * @param shard which shard of a cluster the connection is for; empty where there is no cluster
 */
public record LinkTransition(String shard, Role role, LinkState from, LinkState to) {

    /** True if the connection is usable now and was not before. */
    public boolean becameReady() {
        return to instanceof LinkState.Ready;
    }
}
