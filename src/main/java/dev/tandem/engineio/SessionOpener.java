package dev.tandem.engineio;

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
import java.util.function.BiConsumer;

/** Begins sessions, which are then known by their {@code sid} until their transport has gone. */
@Singleton
class SessionOpener {
    private final Vertx vertx;
    private final EngineIoConfig config;
    private final Outbounds outbounds;
    private final EngineIoListener listener;
    private final HandshakeGate gate;
    private final HandshakeLimits limits;
    private final SessionRegistry sessions;
    private final NodeId self;
    private final Heartbeats heartbeats;
    /** What all are told alike, behind what is their own. */
    private final String terms;
    /** One for all sessions. */
    private final BiConsumer<EngineIoSession, CloseReason> gone = this::onGone;

    SessionOpener(
            Vertx vertx,
            EngineIoConfig config,
            Outbounds outbounds,
            EngineIoListener listener,
            HandshakeGate gate,
            HandshakeLimits limits,
            SessionRegistry sessions,
            NodeId self) {
        this.vertx = vertx;
        this.config = config;
        this.outbounds = outbounds;
        this.listener = listener;
        this.gate = gate;
        this.limits = limits;
        this.sessions = sessions;
        this.self = self;
        this.heartbeats = new Heartbeats(vertx, config.pingInterval(), config.pingTimeout());
        this.terms = ",\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
                .formatted(
                        config.pingInterval().toMillis(), config.pingTimeout().toMillis(), config.maxPayload());
    }

    /** Begins a session on the event loop {@code context}, on which this is called. It leaves the {@link HandshakeLimits} when it has gone. */
    EngineIoSession open(Handshake handshake, Context context, Transport transport) {
        String sid = SessionId.of(self).toString();
        EngineIoSession session = new EngineIoSession(
                sid, handshake, vertx, context, config.upgradeTimeout(), outbounds, heartbeats, gone);
        sessions.add(session);
        session.open(transport, listener, openPacket(sid, transport));
        session.atLast(gate.onOpen(handshake.identity(), session));
        return session;
    }

    private void onGone(EngineIoSession session, CloseReason reason) {
        sessions.remove(session.sid(), reason);
        limits.leave(session.handshake().address());
    }

    /** A {@code sid} needs no escaping. */
    private String openPacket(String sid, Transport transport) {
        String upgrades = transport instanceof PollingTransport ? "[\"websocket\"]" : "[]";
        return EngineIoCodec.encode(
                new EngineIoPacket.Open("{\"sid\":\"" + sid + "\",\"upgrades\":" + upgrades + terms));
    }
}
