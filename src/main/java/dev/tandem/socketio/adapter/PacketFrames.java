package dev.tandem.socketio.adapter;

import dev.tandem.engineio.EngineIoSession;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.codec.EncodedPacket;
import dev.tandem.socketio.codec.SocketIoCodec;
import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.ArrayList;
import java.util.List;

/** Packets as messages of Engine.IO: encoded once, for one receiver or for many. */
public final class PacketFrames {
    private PacketFrames() {}

    /** A text, and right behind it its attachments. Arguments may be changed again when this returns. */
    public static Frame of(SocketIoPacket packet) {
        EncodedPacket encoded = SocketIoCodec.encode(packet);
        Frame text = EngineIoSession.message(encoded.text());
        if (encoded.attachments().isEmpty()) {
            return text;
        }
        List<Frame> parts = new ArrayList<>(1 + encoded.attachments().size());
        parts.add(text);
        encoded.attachments().forEach(attachment -> parts.add(EngineIoSession.message(attachment)));
        return Frame.sequence(parts);
    }
}
