package dev.tandem.cluster;

import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.EventPacket;
import dev.tandem.cluster.codec.Flags;
import dev.tandem.cluster.codec.RemoteSocket;
import dev.tandem.cluster.codec.Target;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.SocketDetails;
import dev.tandem.socketio.codec.SocketIoPacket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The words of this node in those of the cluster, and back. */
final class Wire {
    /** No peer makes this node wait longer for its clients' acks. */
    private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

    private Wire() {}

    static EventPacket packet(SocketIoPacket.Event event) {
        return new EventPacket(event.namespace(), event.data());
    }

    static SocketIoPacket.Event event(EventPacket packet) {
        return new SocketIoPacket.Event(packet.namespace(), OptionalLong.empty(), packet.data());
    }

    static Target target(BroadcastOptions options) {
        return new Target(options.rooms(), options.except());
    }

    static Flags flags(BroadcastFlags flags) {
        OptionalLong timeout =
                flags.timeout().stream().mapToLong(Duration::toMillis).findFirst();
        return new Flags(flags.isVolatile(), Optional.empty(), timeout);
    }

    static BroadcastOptions options(Broadcast broadcast) {
        return options(broadcast.target(), broadcast.flags());
    }

    static BroadcastOptions options(Target target) {
        return options(target, Flags.none());
    }

    /** What others compress is their business: frames of this node are as its settings say. */
    static BroadcastOptions options(Target target, Flags flags) {
        return new BroadcastOptions(target.rooms(), target.except(), flags(flags));
    }

    static RemoteSocket socket(SocketDetails details) {
        return new RemoteSocket(details.id(), details.handshake(), details.rooms(), details.data());
    }

    static SocketDetails details(RemoteSocket socket) {
        return new SocketDetails(socket.id(), socket.handshake(), socket.rooms(), socket.data());
    }

    private static BroadcastFlags flags(Flags flags) {
        Optional<Duration> timeout = flags.timeout().isPresent()
                ? Optional.of(
                        Duration.ofMillis(Math.max(0, Math.min(flags.timeout().getAsLong(), LONGEST_MILLIS))))
                : Optional.empty();
        return new BroadcastFlags(flags.isVolatile(), false, timeout);
    }
}
