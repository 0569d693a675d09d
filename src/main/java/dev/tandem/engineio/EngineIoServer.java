package dev.tandem.engineio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.WebSocketTransport;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RandomText;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.OutboundConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Takes Engine.IO requests, with and without a slash at the end of the path, checks them and opens sessions. */
@Singleton
public class EngineIoServer {
    private static final Logger LOG = Logger.getLogger(EngineIoServer.class);
    private static final String PATH = "/socket.io";

    private final Vertx vertx;
    private final EngineIoConfig config;
    private final OutboundConfig outboundConfig;
    private final HandshakeGate gate;
    private final EngineIoListener listener;
    private final ObjectMapper mapper;
    private final Set<EngineIoSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    EngineIoServer(
            Vertx vertx,
            EngineIoConfig config,
            OutboundConfig outboundConfig,
            HandshakeGate gate,
            EngineIoListener listener,
            ObjectMapper mapper,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.outboundConfig = outboundConfig;
        this.gate = gate;
        this.listener = listener;
        this.mapper = mapper;
        Gauge.builder("tandem.sockets", sessions::size)
                .description("Open connections")
                .tag("door", "socketio")
                .register(registry);
    }

    void mount(@Observes Router router) {
        router.route(PATH).handler(this::onRequest);
        router.route(PATH + "/").handler(this::onRequest);
    }

    /** At stop: takes nobody in any more, and tells every client to come back, to another node. */
    public void drain() {
        draining = true;
        sessions.forEach(session -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Sessions that are open. */
    public int size() {
        return sessions.size();
    }

    private void onRequest(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Optional<HandshakeError> error = HandshakeError.of(request);
        if (draining) {
            refuse(request, 503, HandshakeError.FORBIDDEN.json());
        } else if (error.isPresent()) {
            refuse(request, 400, error.get().json());
        } else {
            request.pause();
            Context context = vertx.getOrCreateContext();
            gate.admit(request)
                    .emitOn(task -> context.runOnContext(ignored -> task.run()))
                    .subscribe()
                    .with(admission -> upgrade(context, request, admission), why -> refuse(request, why));
        }
    }

    private void upgrade(Context context, HttpServerRequest request, HandshakeGate.Admission admission) {
        admission.headers().forEach(request.response()::putHeader);
        request.toWebSocket()
                .onSuccess(socket -> open(context, socket, request, admission))
                .onFailure(failure ->
                        LOG.debugf("The upgrade to a WebSocket failed: reason=\"%s\"", failure.getMessage()));
        request.resume();
    }

    private void open(
            Context context, ServerWebSocket socket, HttpServerRequest request, HandshakeGate.Admission admission) {
        Handshake handshake =
                new Handshake(request.remoteAddress().host(), Instant.now(), query(request), admission.identity());
        Outbound outbound = new Outbound(context, new WebSocketTransport(socket), outboundConfig);
        EngineIoSession session =
                new EngineIoSession(RandomText.letters(20), handshake, vertx, context, outbound, config);
        sessions.add(session);
        socket.textMessageHandler(text -> onText(session, text));
        socket.binaryMessageHandler(binary -> onBinary(session, binary));
        socket.exceptionHandler(failure -> session.close(reason(failure)));
        socket.closeHandler(closed -> {
            sessions.remove(session);
            session.onEnd(CloseReason.TRANSPORT_CLOSE);
        });
        session.open(listener, openPacket(session));
        if (draining) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
    }

    private void onText(EngineIoSession session, String text) {
        if (text.length() > config.maxPayload()) {
            session.close(CloseReason.PAYLOAD_TOO_LARGE);
        } else {
            session.onText(text);
        }
    }

    private void onBinary(EngineIoSession session, Buffer data) {
        if (data.length() > config.maxPayload()) {
            session.close(CloseReason.PAYLOAD_TOO_LARGE);
        } else {
            session.onBinary(data.getBytes());
        }
    }

    private static CloseReason reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("overflow") || message.contains("exceed")
                ? CloseReason.PAYLOAD_TOO_LARGE
                : CloseReason.TRANSPORT_ERROR;
    }

    private String openPacket(EngineIoSession session) {
        ObjectNode open = mapper.createObjectNode().put("sid", session.sid());
        open.putPOJO("upgrades", List.of());
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

    private static void refuse(HttpServerRequest request, Throwable why) {
        TandemException failure = TandemException.of(why);
        boolean later = failure.code() == ErrorCode.REDIS_UNAVAILABLE
                || failure.code() == ErrorCode.OUTCOME_UNKNOWN
                || failure.code() == ErrorCode.OVERLOADED;
        request.resume();
        refuse(request, later ? 503 : 403, HandshakeError.FORBIDDEN.json());
    }

    private static void refuse(HttpServerRequest request, int status, String json) {
        boolean close = request.method() != HttpMethod.GET;
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", close ? "close" : "keep-alive")
                .end(json);
    }
}
