package dev.tandem.engineio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.id.RandomText;
import dev.tandem.outbound.OutboundConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Requests without a {@code sid}: each that is let in opens a session, with the transport that it came by. */
@Singleton
class Handshakes {
    private final Vertx vertx;
    private final EngineIoConfig config;
    private final OutboundConfig outboundConfig;
    private final HandshakeGate gate;
    private final EngineIoListener listener;
    private final Origins origins;
    private final HandshakeLimits limits;
    private final Refusals refusals;
    private final SessionRegistry sessions;
    private final WebSocketUpgrade upgrade;
    private volatile boolean draining;

    Handshakes(
            Vertx vertx,
            EngineIoConfig config,
            OutboundConfig outboundConfig,
            HandshakeGate gate,
            EngineIoListener listener,
            Origins origins,
            HandshakeLimits limits,
            Refusals refusals,
            SessionRegistry sessions,
            WebSocketUpgrade upgrade) {
        this.vertx = vertx;
        this.config = config;
        this.outboundConfig = outboundConfig;
        this.gate = gate;
        this.listener = listener;
        this.origins = origins;
        this.limits = limits;
        this.refusals = refusals;
        this.sessions = sessions;
        this.upgrade = upgrade;
    }

    /** From now on nobody is let in, and who is just coming in is sent away. */
    void drain() {
        draining = true;
    }

    void onRequest(HttpExchange http, EngineIoRequest asked) {
        String address = http.request().remoteAddress().host();
        Optional<RequestError> error = asked.handshakeError(origins.admits(http.request()))
                .or(() -> draining ? Optional.of(RequestError.UNAVAILABLE) : limits.enter(address));
        error.ifPresentOrElse(refused -> refusals.refuse(http, refused), () -> admit(http, address, asked));
    }

    /** Whoever calls may have to be looked up; the connection goes on where it is read. */
    private void admit(HttpExchange http, String address, EngineIoRequest asked) {
        http.request().pause();
        gate.admit(http.request())
                .emitOn(task -> http.context().runOnContext(ignored -> task.run()))
                .subscribe()
                .with(admission -> open(http, address, asked, admission), why -> {
                    limits.leave(address);
                    refusals.refuse(http, why);
                });
    }

    private void open(HttpExchange http, String address, EngineIoRequest asked, HandshakeGate.Admission admission) {
        HttpServerRequest request = http.request();
        admission.headers().forEach(request.response()::putHeader);
        Handshake handshake = new Handshake(address, Instant.now(), query(request), admission.identity());
        if (asked.webSocket()) {
            upgrade.perform(http, http.context(), socket -> open(handshake, http.context(), socket))
                    .onFailure(failure -> limits.leave(address));
        } else {
            PollingTransport polling = new PollingTransport(http.context(), config.maxPayload(), config.maxPackets());
            EngineIoSession session = open(handshake, http.context(), polling);
            http.onAbort(() -> session.abort(http));
            session.poll(http);
        }
    }

    private EngineIoSession open(Handshake handshake, Context context, Transport transport) {
        String sid = RandomText.letters(20);
        EngineIoSession session = new EngineIoSession(
                sid, handshake, vertx, context, config, outboundConfig, reason -> onGone(sid, handshake, reason));
        sessions.add(session);
        session.open(transport, listener, openPacket(sid, transport));
        if (draining) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
        return session;
    }

    private void onGone(String sid, Handshake handshake, CloseReason reason) {
        sessions.remove(sid, reason);
        limits.leave(handshake.address());
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

    private static Map<String, String> query(HttpServerRequest request) {
        Map<String, String> query = new HashMap<>();
        request.params().forEach(query::put);
        return Map.copyOf(query);
    }
}
