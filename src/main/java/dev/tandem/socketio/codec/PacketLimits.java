package dev.tandem.socketio.codec;

/**
 * What one packet may hold at most; past that it is malformed.
 *
 * @param attachments binary attachments
 * @param attachmentBytes bytes of all attachments together
 */
public record PacketLimits(int attachments, long attachmentBytes) {
    public static final PacketLimits DEFAULT = new PacketLimits(100, 10_000_000);
}
