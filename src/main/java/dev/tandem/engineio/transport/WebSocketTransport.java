package dev.tandem.engineio.transport;

import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** Packets as frames of one WebSocket. */
public final class WebSocketTransport implements Wire {
    private final ServerWebSocket socket;

    public WebSocketTransport(ServerWebSocket socket) {
        this.socket = socket;
    }

    @Override
    public Future<Void> write(Frame.Text frame) {
        return socket.isClosed() ? Future.failedFuture("closed") : socket.writeTextMessage(frame.text());
    }

    @Override
    public Future<Void> write(Frame.Binary frame) {
        return socket.isClosed()
                ? Future.failedFuture("closed")
                : socket.writeBinaryMessage(Buffer.buffer(frame.data()));
    }

    @Override
    public void close(int code, String reason) {
        if (!socket.isClosed()) {
            socket.close((short) code, reason);
        }
    }
}
