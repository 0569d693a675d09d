package dev.tandem.gateway.websocket;

import dev.tandem.error.Unattended;
import dev.tandem.heartbeat.Heartbeat;
import dev.tandem.outbound.Outbound;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;

/** What is done about the heartbeat of a plain WebSocket: pings are those of the protocol (RFC 6455, 5.5.2). */
record SignsOfLife(WebSocketConnection connection, Outbound outbound) implements Heartbeat.Owner {
    private static final Buffer NOTHING = Buffer.buffer();

    @Override
    public void onPingDue() {
        if (connection.isOpen()) {
            Unattended.run("ping", connection.sendPing(NOTHING));
        }
    }

    @Override
    public void onSilence() {
        outbound.close(Outbound.TOO_SLOW, "no sign of life");
    }
}
