package dev.tandem.socketio.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.util.ArrayList;
import java.util.List;

/** A packet on its way in: its text, and those of its attachments that have come. */
final class BinaryPacket {
    private final PacketText text;
    private final Placeholders placeholders;
    private final List<BinaryNode> attachments = new ArrayList<>();
    private long bytesLeft;

    BinaryPacket(PacketText text, long maxBytes) {
        this.text = text;
        this.placeholders = Placeholders.of((ArrayNode) text.json(), text.attachments());
        this.bytesLeft = maxBytes;
    }

    void add(byte[] data) {
        bytesLeft -= data.length;
        SocketIoParseException.require(bytesLeft >= 0, "the attachments are too big");
        attachments.add(BinaryNode.valueOf(data));
    }

    boolean isComplete() {
        return attachments.size() == text.attachments();
    }

    SocketIoPacket toPacket() {
        placeholders.fill(attachments);
        return text.toPacket();
    }
}
