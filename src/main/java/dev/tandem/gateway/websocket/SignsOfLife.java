package dev.tandem.gateway.websocket;

import dev.tandem.error.Unattended;
import dev.tandem.heartbeat.Heartbeat;
import dev.tandem.heartbeat.Heartbeats;
import dev.tandem.outbound.Outbound;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;

/** The heartbeat of a plain WebSocket: pings are those of the protocol (RFC 6455, 5.5.2). On its event loop only. */
final class SignsOfLife implements Heartbeat.Owner {
    private final WebSocketConnection connection;
    private final Outbound outbound;
    private final Reading reading;
    private final Heartbeat heartbeat;

    SignsOfLife(
            WebSocketConnection connection,
            Outbound outbound,
            Reading reading,
            Heartbeats heartbeats,
            Context context) {
        this.connection = connection;
        this.outbound = outbound;
        this.reading = reading;
        this.heartbeat = heartbeats.of(context, this);
    }

    /** There was one. */
    void beat() {
        heartbeat.beat();
    }

    /** No more are expected. */
    void stop() {
        heartbeat.stop();
    }

    /** With nothing in it; no buffer is kept for that, since a native image could not hold one that is made while it is built. */
    @Override
    public void onPingDue() {
        if (connection.isOpen()) {
            Unattended.run("ping", connection.sendPing(Buffer.buffer()));
        }
    }

    /** Who is not listened to is not silent. */
    @Override
    public void onSilence() {
        if (reading.isPaused()) {
            heartbeat.beat();
        } else {
            outbound.close(Outbound.TOO_SLOW, "no sign of life");
        }
    }
}
