package dev.tandem.engineio;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A WebSocket that wants to take over from long-polling: it says {@code 2probe}, is answered {@code 3probe}, and says {@code 5}.
 * Anything else ends the attempt, and the session lives on where it is. On the session's event loop.
 */
final class UpgradeAttempt implements Transport.Listener {
    private static final String PROBE = "probe";
    private static final Frame.Text PONG = (Frame.Text) Frame.of(EngineIoCodec.encode(new EngineIoPacket.Pong(PROBE)));

    /** Hears how the attempt goes; of one of the last two, once. */
    interface Listener {
        /** The client found the way: it waits for the end of its GET now. */
        void onProbed();

        void onUpgraded();

        void onFailed();
    }

    private final Transport socket;
    private final Listener listener;
    private final Vertx vertx;
    private final long timer;
    private boolean probed;
    private boolean over;

    /** Fails by itself after {@code limit}. */
    UpgradeAttempt(Transport socket, Listener listener, Vertx vertx, Duration limit) {
        this.socket = socket;
        this.listener = listener;
        this.vertx = vertx;
        this.timer = vertx.setTimer(limit.toMillis(), late -> giveUp());
    }

    Transport socket() {
        return socket;
    }

    /** Ends the attempt, if it has not ended yet: the socket is closed. */
    void giveUp() {
        if (!over) {
            finish();
            socket.close(CloseReason.FORCED_CLOSE.code(), "upgrade failed");
            listener.onFailed();
        }
    }

    @Override
    public void onPacket(EngineIoPacket packet) {
        if (over) {
            return;
        }
        if (packet instanceof EngineIoPacket.Ping ping && ping.data().equals(PROBE)) {
            answer();
        } else if (packet instanceof EngineIoPacket.Upgrade && probed) {
            finish();
            listener.onUpgraded();
        } else {
            giveUp();
        }
    }

    @Override
    public void onFault(Transport.Fault fault) {
        giveUp();
    }

    @Override
    public void onClosed() {
        giveUp();
    }

    /** On a socket that has broken the answer ends the attempt. */
    private void answer() {
        probed = true;
        socket.write(PONG);
        if (!over) {
            listener.onProbed();
        }
    }

    private void finish() {
        over = true;
        vertx.cancelTimer(timer);
    }
}
