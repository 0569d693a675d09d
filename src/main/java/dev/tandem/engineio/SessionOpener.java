package dev.tandem.engineio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.heartbeat.Heartbeats;
import dev.tandem.id.NodeId;
import dev.tandem.outbound.Outbounds;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Begins sessions, which are then known by their {@code sid} until their transport has gone. */
@Singleton
class SessionOpener {
    private final Vertx vertx;
    private final EngineIoConfig config;
    private final Outbounds outbounds;
    private final EngineIoListener listener;
    private final SessionRegistry sessions;
    private final NodeId self;
    private final Heartbeats heartbeats;

    SessionOpener(
            Vertx vertx,
            EngineIoConfig config,
            Outbounds outbounds,
            EngineIoListener listener,
            SessionRegistry sessions,
            NodeId self) {
        this.vertx = vertx;
        this.config = config;
        this.outbounds = outbounds;
        this.listener = listener;
        this.sessions = sessions;
        this.self = self;
        this.heartbeats = new Heartbeats(vertx, config.pingInterval(), config.pingTimeout());
    }

    /** Begins a session on the event loop {@code context}, on which this is called; {@code onGone} is run when it has gone. */
    EngineIoSession open(Handshake handshake, Context context, Transport transport, Runnable onGone) {
        String sid = SessionId.of(self).toString();
        Consumer<CloseReason> gone = reason -> {
            sessions.remove(sid, reason);
            onGone.run();
        };
        EngineIoSession session =
                new EngineIoSession(sid, handshake, vertx, context, config, outbounds, heartbeats, gone);
        sessions.add(session);
        session.open(transport, listener, openPacket(sid, transport));
        return session;
    }

    private String openPacket(String sid, Transport transport) {
        ObjectNode open = JsonNodeFactory.instance.objectNode().put("sid", sid);
        if (transport instanceof PollingTransport) {
            open.putArray("upgrades").add("websocket");
        } else {
            open.putArray("upgrades");
        }
        open.put("pingInterval", config.pingInterval().toMillis());
        open.put("pingTimeout", config.pingTimeout().toMillis());
        open.put("maxPayload", config.maxPayload());
        return EngineIoCodec.encode(new EngineIoPacket.Open(open.toString()));
    }
}
