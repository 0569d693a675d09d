package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.PacketFrames;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** How something is sent to one socket, or from it to others. Immutable; from any thread. */
public final class SocketOperator implements Broadcaster {
    private final Socket socket;
    private final BroadcastFlags flags;

    SocketOperator(Socket socket, BroadcastFlags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    /** Not if the client is behind in reading. */
    public SocketOperator asVolatile() {
        return new SocketOperator(socket, flags.asVolatile());
    }

    /** How long an ack is waited for. */
    public SocketOperator timeout(Duration limit) {
        return new SocketOperator(socket, flags.withTimeout(limit));
    }

    /** To everybody else. */
    @Override
    public BroadcastOperator broadcast() {
        return socket.broadcast().with(flags);
    }

    /** To this client; what is sent before it is connected, or after, is dropped. */
    public void emit(String event, Object... arguments) {
        SocketIoPacket.Event packet = packet(event, arguments);
        if (flags.isVolatile()) {
            socket.local().sendVolatile(PacketFrames.of(packet));
        } else if (socket.local().trail() == null) {
            socket.local().send(PacketFrames.of(packet));
        } else if (socket.isConnected()) {
            Uni<Void> logged = socket.namespace().adapter().broadcast(packet, BroadcastOptions.to(socket.id()));
            BroadcastOperator.attended("emit", logged);
        }
    }

    /** To this client. Completes with all arguments of its ack, or fails with {@link NoAck}, on the socket's event loop. */
    public Uni<List<JsonNode>> emitWithAck(String event, Object... arguments) {
        long ackId = socket.namespace().sockets().nextAckId();
        Frame frame = PacketFrames.of(packet(event, arguments).withAckId(ackId));
        Duration limit = flags.timeout().orElse(socket.namespace().ackTimeout());
        return new AckRequest()
                .ask(socket.acks(), ackId, limit, () -> socket.local().send(frame))
                .emitOn(task -> socket.context().runOnContext(turn -> task.run()));
    }

    private SocketIoPacket.Event packet(String event, Object... arguments) {
        return new SocketIoPacket.Event(
                socket.namespace().name(), OptionalLong.empty(), Values.event(event, arguments));
    }
}
