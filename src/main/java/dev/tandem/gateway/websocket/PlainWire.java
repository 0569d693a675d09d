package dev.tandem.gateway.websocket;

import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Wire;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Frames on a connection of websockets-next. */
record PlainWire(WebSocketConnection connection) implements Wire {

    @Override
    public Future<Void> write(Frame.Text frame) {
        return connection.isOpen() ? future(connection.sendText(frame.text())) : Future.failedFuture("closed");
    }

    @Override
    public Future<Void> write(Frame.Binary frame) {
        return connection.isOpen() ? future(connection.sendBinary(frame.data())) : Future.failedFuture("closed");
    }

    @Override
    public void close(int code, String reason) {
        if (connection.isOpen()) {
            future(connection.close(new CloseReason(code, reason)));
        }
    }

    private static Future<Void> future(Uni<Void> sending) {
        Promise<Void> sent = Promise.promise();
        sending.subscribe().with(done -> sent.complete(), sent::fail);
        return sent.future();
    }
}
