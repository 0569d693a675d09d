package dev.tandem.socketio;

import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.List;

/**
 * A session that was found again, and all that it missed, in order.
 *
 * @param attachment what the socket has as its {@link Socket#attachment} from the start; may be null
 */
public record RestoredSession(SocketSession session, List<SocketIoPacket.Event> missed, Object attachment) {}
