package dev.tandem.socketio.codec;

import java.util.Optional;

/**
 * Makes packets of one session's messages: a packet with attachments is there when the last of them is. Knows no session; not
 * for several threads. Every method fails with {@link SocketIoParseException}, after which the decoder is of no more use.
 */
public final class PacketDecoder {
    private final PacketLimits limits;
    /** The packet whose attachments are awaited; null if there is none. */
    private BinaryPacket awaiting;

    public PacketDecoder(PacketLimits limits) {
        this.limits = limits;
    }

    /** A text message; empty if attachments of its packet are awaited now. */
    public Optional<SocketIoPacket> onText(String text) {
        SocketIoParseException.require(awaiting == null, "a text while attachments are awaited");
        PacketText read = PacketText.read(text, limits.attachments());
        if (!read.isBinary()) {
            return Optional.of(read.toPacket());
        }
        awaiting = new BinaryPacket(read, limits.attachmentBytes());
        return takeIfComplete();
    }

    /** A binary message; empty if more attachments are awaited. {@code data} must not be changed any more. */
    public Optional<SocketIoPacket> onBinary(byte[] data) {
        SocketIoParseException.require(awaiting != null, "an attachment that belongs to no packet");
        awaiting.add(data);
        return takeIfComplete();
    }

    private Optional<SocketIoPacket> takeIfComplete() {
        if (!awaiting.isComplete()) {
            return Optional.empty();
        }
        SocketIoPacket packet = awaiting.toPacket();
        awaiting = null;
        return Optional.of(packet);
    }
}
