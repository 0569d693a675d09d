package dev.tandem.engineio.transport;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.MalformedPacket;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Utf8;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Consumer;

/** Packets as frames of one WebSocket, which may be read on another event loop than the session's. */
public final class WebSocketTransport implements Transport {
    private final ServerWebSocket socket;
    private final Wire channel;
    /** Null where the socket is read on the session's event loop. */
    private final Handoff handoff;

    private final int maxPayload;
    private final Consumer<Wire> afterClose;
    private Listener listener = NOBODY;

    /**
     * A socket that is read on {@code from}, and heard on {@code to}, with at most {@code maxPayload} in one message. What is
     * written at once goes to the {@code channel} under it. {@code afterClose} is given that when this side has closed, and may cut a connection that
     * the other side does not close.
     */
    public WebSocketTransport(
            ServerWebSocket socket, Wire channel, Context from, Context to, int maxPayload, Consumer<Wire> afterClose) {
        this.socket = socket;
        this.channel = channel;
        this.handoff = from == to ? null : new Handoff(socket, from, to);
        this.maxPayload = maxPayload;
        this.afterClose = afterClose;
    }

    /** Begins to read; to be called on the socket's event loop, before anything can have come in. */
    public void start() {
        socket.textMessageHandler(text -> pass(() -> onText(text)));
        socket.binaryMessageHandler(data -> pass(() -> onBinary(data)));
        socket.exceptionHandler(failure -> pass(() -> listener.onFault(fault(failure))));
        socket.closeHandler(closed -> pass(() -> listener.onClosed()));
    }

    /** Reads no more until {@link #resume}, so that the client has to wait. On the socket's event loop. */
    public void pause() {
        socket.pause();
    }

    public void resume() {
        socket.resume();
    }

    @Override
    public void hear(Listener next) {
        listener = next;
    }

    @Override
    public Future<Void> write(Frame.Single frame) {
        if (socket.isClosed()) {
            return Future.failedFuture("closed");
        }
        return frame instanceof Frame.Text text
                ? socket.writeTextMessage(text.text())
                : socket.writeBinaryMessage(Buffer.buffer(((Frame.Binary) frame).data()));
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
        if (!socket.isClosed()) {
            socket.close((short) code, reason);
            afterClose.accept(channel);
        }
    }

    @Override
    public void discard() {}

    private void pass(Runnable heard) {
        if (handoff == null) {
            heard.run();
        } else {
            handoff.pass(heard);
        }
    }

    private void onText(String text) {
        if (Utf8.isLonger(text, maxPayload)) {
            listener.onFault(Fault.TOO_LARGE);
            return;
        }
        try {
            listener.onPacket(EngineIoCodec.decode(text));
        } catch (MalformedPacket malformed) {
            listener.onFault(Fault.MALFORMED);
        }
    }

    private void onBinary(Buffer data) {
        if (data.length() > maxPayload) {
            listener.onFault(Fault.TOO_LARGE);
        } else {
            listener.onPacket(new EngineIoPacket.Binary(data.getBytes()));
        }
    }

    private static Fault fault(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("overflow") || message.contains("exceed") ? Fault.TOO_LARGE : Fault.BROKEN;
    }
}
