package dev.tandem.gateway.websocket;

import dev.tandem.error.Unattended;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.WebSocketChannel;
import dev.tandem.outbound.Wire;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Future;

/** Frames on a connection of websockets-next: those go to the channel under it, only the close goes through it. */
record PlainWire(WebSocketConnection connection, WebSocketChannel channel) implements Wire {

    @Override
    public Future<Void> write(Burst burst) {
        return connection.isOpen() ? channel.write(burst) : Future.failedFuture("closed");
    }

    @Override
    public boolean isAtHand() {
        return connection.isOpen() && channel.isAtHand();
    }

    @Override
    public void close(int code, String reason) {
        if (connection.isOpen()) {
            Unattended.run(
                    "close a WebSocket",
                    connection.close(new CloseReason(code, reason)).onFailure().recoverWithNull());
        }
    }
}
