package dev.tandem.relay;

import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.RemoteSessions;
import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.engineio.transport.WebSocketTransport;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Outbounds;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;

/**
 * The entry's end of a WebSocket whose session another node owns. What is on its way to the owner is bounded by a {@link Window}, what
 * is on its way to the client by an {@link Outbound} like everybody's; the owner counts the same bytes until they have left here, and so
 * notices a slow client as if it were its own.
 *
 * <p>State is touched on the socket's event loop; {@link #send}, {@link #close} and {@link #onHeard} may be called from any thread.
 */
final class RelayedSocket implements RemoteSessions.Upgrade, Transport.Listener {
    private final long id;
    private final Link link;
    private final Context context;
    private final Runnable onGone;
    private final Window window = new Window();
    private final Outbound outbound;
    /** Null until the client's request has become one. */
    private WebSocketTransport socket;
    /** Close code and reason, where the owner closed before there was a socket; else null. */
    private RelayMessage.Close closedEarly;

    private boolean gone;
    private long left;

    RelayedSocket(long id, Link link, Context context, Outbounds outbounds, Runnable onGone) {
        this.id = id;
        this.link = link;
        this.context = context;
        this.onGone = onGone;
        this.outbound = outbounds.open(context, new ToClient());
    }

    /** A frame of the owner. */
    void send(Frame frame) {
        outbound.send(frame);
    }

    /** Closes the socket after what was sent before. */
    void close(int code, String reason) {
        outbound.close(code, reason);
    }

    /** The owner has heard so much of what the client said. */
    void onHeard(long size) {
        context.runOnContext(ignored -> {
            if (window.onHeard(size)) {
                socket.resume();
            }
        });
    }

    @Override
    public void begin(WebSocketTransport transport) {
        socket = transport;
        socket.hear(this);
        if (closedEarly != null) {
            socket.close(closedEarly.code(), closedEarly.reason());
        }
    }

    @Override
    public void giveUp() {
        onClosed();
    }

    @Override
    public void onPacket(EngineIoPacket packet) {
        Frame frame = packet instanceof EngineIoPacket.Binary binary
                ? Frame.of(binary.data())
                : Frame.of(EngineIoCodec.encode(packet));
        link.say(new RelayMessage.Said(id, frame));
        if (window.onSaid(Window.size(frame))) {
            socket.pause();
        }
    }

    @Override
    public void onFault(Transport.Fault fault) {
        link.say(new RelayMessage.Complained(id, fault));
    }

    @Override
    public void onClosed() {
        if (!gone) {
            gone = true;
            link.say(new RelayMessage.Gone(id));
            onGone.run();
        }
    }

    /** What leaves in one turn is told the owner at once. */
    private void onLeft(int frames) {
        if (left == 0) {
            context.runOnContext(ignored -> {
                link.say(new RelayMessage.Taken(id, left));
                left = 0;
            });
        }
        left += frames;
    }

    private final class ToClient implements Wire {
        @Override
        public Future<Void> write(Burst burst) {
            int frames = burst.size();
            return socket == null ? tooEarly() : socket.write(burst).onSuccess(done -> onLeft(frames));
        }

        @Override
        public void close(int code, String reason) {
            if (socket == null) {
                closedEarly = new RelayMessage.Close(id, code, reason);
            } else {
                socket.close(code, reason);
            }
        }

        /** A session says nothing to a socket before the client did. */
        private Future<Void> tooEarly() {
            close(CloseReason.TRANSPORT_ERROR.code(), "too early");
            return Future.failedFuture("too early");
        }
    }
}
