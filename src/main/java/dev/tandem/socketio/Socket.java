package dev.tandem.socketio;

import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.engineio.Handshake;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.codec.SocketIoCodec;
import io.vertx.core.Context;

/** One client in one namespace. From any thread. */
public final class Socket {
    private final String id;
    private final String namespace;
    private final EngineIoSession session;
    private volatile Object data;

    Socket(String id, String namespace, EngineIoSession session) {
        this.id = id;
        this.namespace = namespace;
        this.session = session;
    }

    /** Unique, and another one after each connect. */
    public String id() {
        return id;
    }

    public Handshake handshake() {
        return session.handshake();
    }

    /** The event loop on which everything about this socket happens. */
    public Context context() {
        return session.context();
    }

    /** What the namespace keeps with the socket. */
    public Object data() {
        return data;
    }

    public void data(Object kept) {
        data = kept;
    }

    /** An event, encoded once, for every socket of {@code namespace}; its one argument is JSON already. */
    public static Frame event(String namespace, String name, String json) {
        return EngineIoSession.message(SocketIoCodec.event(namespace, name, json));
    }

    /** Sends a frame made by {@link #event}. */
    public void send(Frame frame) {
        session.send(frame);
    }

    /** Ends the whole session, after what was sent before; official clients come back by themselves. */
    public void close(CloseReason reason) {
        session.close(reason);
    }

    void ack(long ackId, String json) {
        session.send(EngineIoSession.message(SocketIoCodec.ack(namespace, ackId, json)));
    }
}
