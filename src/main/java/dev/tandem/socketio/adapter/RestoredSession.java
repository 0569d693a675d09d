package dev.tandem.socketio.adapter;

import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.List;

/** A session that was found again, and all that it missed, in order. */
public record RestoredSession(SocketSession session, List<SocketIoPacket.Event> missed) {}
