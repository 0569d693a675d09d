package dev.tandem.cluster.codec;

/**
 * An event for clients, wherever they are, without acks. {@code uid} names the server that sent it, which has told its own
 * clients already, or is {@link #EMITTER}.
 */
public record Broadcast(String uid, EventPacket packet, Target target, Flags flags) {
    /** Who publishes without being a server. */
    public static final String EMITTER = "emitter";
}
