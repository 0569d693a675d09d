package dev.tandem.engineio;

import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.WebSocketTransport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Sessions that other nodes own, and what a client may ask of them here. Every exchange is answered as its owner answers it, with
 * {@code SESSION_ID_UNKNOWN} if the owner, or the way to it, is gone, or with {@code UNAVAILABLE} if this node can pass on no more.
 * From any thread.
 */
public interface RemoteSessions {

    /** A GET of long-polling. What is returned is to be run if the client goes away. */
    Runnable poll(SessionId session, PollingExchange exchange);

    /** A POST of long-polling, passed on when {@code body} is complete, or has failed as {@link EngineIoSession#post} knows it. */
    void post(SessionId session, PollingExchange exchange, String contentType, Future<Buffer> body);

    /**
     * A WebSocket that wants to take over from long-polling. Either {@code exchange} is answered, or {@code accepted} is called on
     * {@code context}, the request's event loop, with the one that waits for the socket.
     */
    void upgrade(SessionId session, Context context, PollingExchange exchange, Consumer<Upgrade> accepted);

    /** A session elsewhere that waits for its WebSocket. On the request's event loop. */
    interface Upgrade {

        /** Takes over the socket, which is read and heard on the request's event loop. */
        void begin(WebSocketTransport socket);

        /** There will be no socket. */
        void giveUp();
    }
}
