package dev.tandem.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.parser.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;

/** The official Java client of Socket.IO; over WebSocket, unless told otherwise. */
public final class SocketIoPeer extends Peer {
    private static final List<String> EVENTS = List.of(
            "welcome",
            "message",
            "joined",
            "left",
            "typing",
            "status",
            "deleted",
            "reset",
            "updated",
            "role",
            "kicked",
            "banned",
            "unbanned",
            "muted",
            "unmuted",
            "edited",
            "removed",
            "reacted",
            "event",
            "direct",
            "read",
            "rooms",
            "listed",
            "changed",
            "unlisted",
            "counts",
            "relist");

    /** The client's own would open 64 sockets at most. */
    private static final OkHttpClient HTTP = http();

    private final Socket socket;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private volatile String lastTransport;

    private SocketIoPeer(URI uri, boolean reconnection, String... transports) {
        this(uri, reconnection, Map.of(), Map.of(), transports);
    }

    private SocketIoPeer(
            URI uri,
            boolean reconnection,
            Map<String, String> auth,
            Map<String, String> headers,
            String... transports) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setForceNew(true)
                .setReconnection(reconnection)
                .setAuth(auth)
                .setExtraHeaders(all)
                .build();
        options.webSocketFactory = HTTP;
        options.callFactory = HTTP;
        socket = IO.socket(uri, options);
        EVENTS.forEach(name -> socket.on(name, arguments -> onEvent(name, json(arguments))));
        socket.on(Socket.EVENT_CONNECT, arguments -> connected.complete(null));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                arguments -> connected.completeExceptionally(new IllegalStateException(String.valueOf(arguments[0]))));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> disconnected.complete(String.valueOf(arguments[0])));
        socket.io().on(Manager.EVENT_TRANSPORT, arguments -> follow((Transport) arguments[0]));
        socket.connect();
        connected.orTimeout(20, TimeUnit.SECONDS).join();
    }

    public static SocketIoPeer connect(URI uri) {
        return connect(uri, "websocket");
    }

    /** With those headers, as a browser sends a cookie. */
    public static SocketIoPeer connect(URI uri, Map<String, String> headers) {
        return new SocketIoPeer(uri, false, Map.of(), headers, "websocket");
    }

    /** With those transports, in that order: the client begins with the first, and changes to the second if it can. */
    public static SocketIoPeer connect(URI uri, String... transports) {
        return new SocketIoPeer(uri, false, transports);
    }

    /** With this in the payload of CONNECT, and these headers; fails with what the client is told. */
    public static SocketIoPeer connect(URI uri, Map<String, String> auth, Map<String, String> headers) {
        return new SocketIoPeer(uri, false, auth, headers, "websocket");
    }

    /** One that comes back by itself, as official clients do unless told otherwise. */
    public static SocketIoPeer connectForGood(URI uri) {
        return connectForGood(uri, "websocket");
    }

    /** The same, with those transports. */
    public static SocketIoPeer connectForGood(URI uri, String... transports) {
        return new SocketIoPeer(uri, true, transports);
    }

    @Override
    public CompletableFuture<JsonNode> command(String name, ObjectNode fields) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        socket.emit(name, new Object[] {parse(fields)}, (Ack) arguments -> answer.complete(json(arguments)));
        return answer;
    }

    public Socket socket() {
        return socket;
    }

    /** The transport that brought the last message: {@code polling} or {@code websocket}. */
    public String lastTransport() {
        return lastTransport;
    }

    /** Completes with the client's own word for the reason. */
    public CompletableFuture<String> disconnected() {
        return disconnected;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void follow(Transport transport) {
        transport.on(Transport.EVENT_PACKET, packet -> {
            if (((Packet<?>) packet[0]).type.equals(Packet.MESSAGE)) {
                lastTransport = transport.name;
            }
        });
    }

    private static OkHttpClient http() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(1_000);
        dispatcher.setMaxRequestsPerHost(1_000);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    private static JSONObject parse(ObjectNode fields) {
        try {
            return new JSONObject(fields.toString());
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode json(Object[] arguments) {
        try {
            return TandemNode.JSON.readTree(String.valueOf(arguments[0]));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
