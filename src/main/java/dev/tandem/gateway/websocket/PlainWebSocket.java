package dev.tandem.gateway.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import dev.tandem.gateway.Door;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.heartbeat.Heartbeats;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Outbounds;
import dev.tandem.outbound.Utf8;
import dev.tandem.outbound.WebSocketChannel;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.LiveCallers;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The plain door. A command is {@code {"cmd": "send", "ref": 7, ...fields}}, its answer {@code {"ref": 7, "ok": true, ...}}; without
 * {@code ref} only a failure is answered. Events are {@code {"event": "message", ...}}.
 *
 * <p>Callbacks run on the connection's event loop and return at once: websockets-next itself would queue without bound.
 */
@WebSocket(path = "/ws", endpointId = PlainWebSocket.ENDPOINT, inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class PlainWebSocket implements Door {
    static final String ENDPOINT = "tandem-plain";
    private static final int PROTOCOL_ERROR = 1002;
    private static final int INTERNAL = 1011;
    private static final int INVALID_PAYLOAD = 1007;
    private static final int TOO_BIG = 1009;
    private static final TypedKey<PlainSession> SESSION = new TypedKey<>("session");
    private static final TypedKey<SignsOfLife> SIGNS_OF_LIFE = new TypedKey<>("signs-of-life");
    private static final TypedKey<Outbound> OUTBOUND = new TypedKey<>("outbound");

    private final PlainSession.Parts parts;
    private final PlainConnections connections;
    private final Heartbeats heartbeats;
    private final Outbounds outbounds;
    private final PlainWebSocketConfig config;
    private final Vertx vertx;
    private final ObjectReader reader;

    PlainWebSocket(
            Gateway gateway,
            Callers callers,
            LiveCallers live,
            PlainConnections connections,
            Outbounds outbounds,
            PlainWebSocketConfig config,
            Vertx vertx,
            ObjectMapper mapper) {
        this.parts = new PlainSession.Parts(gateway, this, callers, live, vertx, config);
        this.connections = connections;
        this.outbounds = outbounds;
        this.config = config;
        this.vertx = vertx;
        this.heartbeats = new Heartbeats(vertx, config.pingInterval(), config.pingTimeout());
        this.reader = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public String label() {
        return "websocket";
    }

    @Override
    public Frame encode(ServerFrame.Event event) {
        return Frame.of("{\"event\":\"" + event.name() + "\"," + event.json().substring(1));
    }

    @OnOpen
    @NonBlocking
    void onOpen(WebSocketConnection connection) {
        Context context = vertx.getOrCreateContext();
        UserData data = connection.userData();
        HttpConnection http = data.get(PlainUpgradeCheck.CONNECTION);
        Channel channel = ((ConnectionBase) http).channel();
        Outbound outbound = outbounds.open(context, new PlainWire(connection, WebSocketChannel.of(http, context)));
        StrictFrames.on(http, outbound);
        Reading reading = new Reading(channel, config.maxPayload());
        SignsOfLife signs = new SignsOfLife(connection, outbound, reading, heartbeats, context);
        Caller caller = data.get(PlainUpgradeCheck.CALLER);
        PlainSession session =
                new PlainSession(parts, outbound, reading, context, data.get(PlainUpgradeCheck.ADDRESS), caller);
        data.put(SIGNS_OF_LIFE, signs);
        data.put(OUTBOUND, outbound);
        data.put(SESSION, session);
        connections.add(outbound);
        signs.beat();
        Handler<Void> end = turn -> end(signs, outbound, session);
        channel.closeFuture().addListener(closed -> context.runOnContext(end));
        TandemException refusal = data.get(PlainUpgradeCheck.REFUSAL);
        if (refusal != null) {
            session.refuse(null, refusal);
        }
    }

    @OnPongMessage
    @NonBlocking
    void onPong(Buffer pong, WebSocketConnection connection) {
        connection.userData().get(SIGNS_OF_LIFE).beat();
    }

    @OnTextMessage
    @NonBlocking
    void onText(String text, WebSocketConnection connection) {
        connection.userData().get(SIGNS_OF_LIFE).beat();
        Outbound outbound = connection.userData().get(OUTBOUND);
        PlainSession session = connection.userData().get(SESSION);
        if (Utf8.isLonger(text, config.maxPayload())) {
            outbound.close(TOO_BIG, "message too big");
            return;
        } else if (!session.hears(text)) {
            outbound.close(PlainSession.TOO_MANY_REQUESTS, "too many requests");
            return;
        }
        try {
            session.onFrame(reader.readTree(text));
        } catch (JsonProcessingException notJson) {
            TandemException failure = new TandemException(ErrorCode.INVALID_JSON, "A frame must be one JSON object.");
            session.answer(null, new ServerFrame.Failed(failure));
            outbound.close(INVALID_PAYLOAD, "not JSON");
        }
    }

    @OnBinaryMessage
    @NonBlocking
    void onBinary(Buffer binary, WebSocketConnection connection) {
        connection.userData().get(OUTBOUND).close(INVALID_PAYLOAD, "not text");
    }

    /** The channel has closed, which websockets-next does not tell of one that was closed before it began. */
    private void end(SignsOfLife signs, Outbound outbound, PlainSession session) {
        signs.stop();
        session.onClose();
        connections.remove(outbound);
    }

    @OnError
    @NonBlocking
    void onError(Throwable failure, WebSocketConnection connection) {
        Outbound outbound = connection.userData().get(OUTBOUND);
        if (outbound == null) {
            Unattended.run("close a WebSocket that could not be opened", connection.close(new CloseReason(INTERNAL)));
        } else if (String.valueOf(failure.getMessage()).contains("overflow")) {
            outbound.close(TOO_BIG, "message too big");
        } else {
            outbound.close(PROTOCOL_ERROR, "protocol error");
        }
    }
}
