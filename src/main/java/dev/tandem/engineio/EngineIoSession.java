package dev.tandem.engineio;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.MalformedPacket;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One client, from the handshake to the end. The server pings, the client answers; one that does not is closed. State is touched
 * on the session's own event loop only; {@link #send} and {@link #close} may be called from any thread.
 */
public final class EngineIoSession {
    private static final Frame PING = Frame.of(EngineIoCodec.encode(new EngineIoPacket.Ping("")));

    private final String sid;
    private final Handshake handshake;
    private final Vertx vertx;
    private final Context context;
    private final Outbound outbound;
    private final EngineIoConfig config;
    private EngineIoListener.SessionListener listener;
    /** Timers are numbered from 0: the first of all belongs to somebody else. */
    private long timer = -1;

    private boolean closed;

    EngineIoSession(
            String sid, Handshake handshake, Vertx vertx, Context context, Outbound outbound, EngineIoConfig config) {
        this.sid = sid;
        this.handshake = handshake;
        this.vertx = vertx;
        this.context = context;
        this.outbound = outbound;
        this.config = config;
    }

    /** Named by the server, known to the client; not a secret of anybody else. */
    public String sid() {
        return sid;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** The event loop on which everything about this session happens. */
    public Context context() {
        return context;
    }

    /** Encodes a message once, for this session or for many. */
    public static Frame message(String data) {
        return Frame.of(EngineIoCodec.MESSAGE + data);
    }

    /** Encodes a binary message once; {@code data} must not be changed any more. */
    public static Frame message(byte[] data) {
        return Frame.of(data);
    }

    /** Sends a frame made by {@link #message}, or a sequence of them. */
    public void send(Frame frame) {
        outbound.send(frame);
    }

    /** Sends the same unless the client is behind in reading; then it is dropped. */
    public void sendVolatile(Frame frame) {
        outbound.sendVolatile(frame);
    }

    /** Ends the session, after what was sent before. */
    public void close(CloseReason reason) {
        outbound.close(reason.code(), reason.text());
        context.runOnContext(ignored -> onEnd(reason));
    }

    void open(EngineIoListener above, String openPacket) {
        outbound.send(Frame.of(openPacket));
        listener = above.onOpen(this);
        expectPingToBeDue();
    }

    void onText(String text) {
        if (closed) {
            return;
        }
        try {
            onPacket(EngineIoCodec.decode(text));
        } catch (MalformedPacket malformed) {
            close(CloseReason.PARSE_ERROR);
        }
    }

    void onBinary(byte[] data) {
        if (!closed) {
            listener.onMessage(data);
        }
    }

    /** The socket is gone, or was closed for a reason of the session's own. */
    void onEnd(CloseReason reason) {
        if (!closed) {
            closed = true;
            vertx.cancelTimer(timer);
            listener.onClose(reason);
        }
    }

    private void onPacket(EngineIoPacket packet) {
        if (packet instanceof EngineIoPacket.Message message) {
            listener.onMessage(message.data());
        } else if (packet instanceof EngineIoPacket.Pong) {
            expectPingToBeDue();
        } else if (packet instanceof EngineIoPacket.Close) {
            close(CloseReason.CLIENT_CLOSE);
        } else {
            close(CloseReason.PARSE_ERROR);
        }
    }

    private void expectPingToBeDue() {
        restartTimer(config.pingInterval().toMillis(), this::ping);
    }

    private void ping() {
        outbound.send(PING);
        restartTimer(config.pingTimeout().toMillis(), () -> close(CloseReason.PING_TIMEOUT));
    }

    private void restartTimer(long millis, Runnable then) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(millis, due -> then.run());
    }
}
