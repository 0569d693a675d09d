package dev.tandem.engineio.transport;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.MalformedPacket;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.WebSocketChannel;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Packets as frames of one WebSocket, which may be read on another event loop than the session's. */
public final class WebSocketTransport implements Transport, WebSocketConnection.Listener {
    private final WebSocketConnection connection;
    private final WebSocketChannel channel;
    /** Null where the socket is read on the session's event loop. */
    private final Handoff handoff;

    private final Consumer<Wire> afterClose;
    private Listener listener = NOBODY;
    private boolean closed;

    /**
     * A socket that is read on {@code from}, and heard on {@code to}. {@code afterClose} is given the channel under it when this side has
     * closed, and may cut a connection that the other side does not close.
     */
    public WebSocketTransport(WebSocketConnection connection, Context from, Context to, Consumer<Wire> afterClose) {
        this.connection = connection;
        this.channel = connection.channel(to);
        this.handoff = from == to ? null : new Handoff(connection, from, to);
        this.afterClose = afterClose;
    }

    /** Begins to read; to be called on the socket's event loop, before anything can have come in. */
    public void start() {
        connection.hear(this);
    }

    @Override
    public void hear(Listener next) {
        listener = next;
    }

    /** The socket is not read. */
    @Override
    public void pause() {
        if (handoff == null) {
            connection.pause();
        } else {
            handoff.pause();
        }
    }

    @Override
    public void resume() {
        if (handoff == null) {
            connection.resume();
        } else {
            handoff.resume();
        }
    }

    @Override
    public Future<Void> write(Frame.Single frame) {
        return closed ? Future.failedFuture("closed") : channel.write(frame);
    }

    @Override
    public Wire shortest() {
        return channel;
    }

    @Override
    public Future<Void> write(Burst burst) {
        return channel.write(burst);
    }

    @Override
    public void close(int code, String reason) {
        if (!closed) {
            closed = true;
            connection.close(code, reason);
            afterClose.accept(channel);
        }
    }

    @Override
    public void discard() {}

    @Override
    public void onText(String text) {
        pass(() -> decode(text));
    }

    @Override
    public void onBinary(byte[] data) {
        pass(() -> listener.onPacket(new EngineIoPacket.Binary(data)));
    }

    @Override
    public void onFault(Fault fault) {
        pass(() -> listener.onFault(fault));
    }

    @Override
    public void onClosed() {
        pass(this::end);
    }

    private void pass(Runnable heard) {
        if (handoff == null) {
            heard.run();
        } else {
            handoff.pass(heard);
        }
    }

    private void decode(String text) {
        try {
            listener.onPacket(EngineIoCodec.decode(text));
        } catch (MalformedPacket malformed) {
            listener.onFault(Fault.MALFORMED);
        }
    }

    private void end() {
        closed = true;
        listener.onClosed();
    }
}
