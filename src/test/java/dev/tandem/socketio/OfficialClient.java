package dev.tandem.socketio;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** The official Java client in one namespace; it keeps the events {@code hello} and answers {@code ask}. */
final class OfficialClient implements AutoCloseable {
    private final Socket socket;
    private final CompletableFuture<Object> connected = new CompletableFuture<>();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private volatile Object[] answer;

    private OfficialClient(URI server, String namespace, Map<String, String> auth, Map<String, List<String>> headers) {
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {"websocket"})
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .setExtraHeaders(headers)
                .build();
        socket = IO.socket(server.resolve(namespace), options);
        socket.on(Socket.EVENT_CONNECT, arguments -> connected.complete("connected"));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> connected.complete(arguments[0]));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> disconnected.complete(String.valueOf(arguments[0])));
        socket.on("hello", arguments -> heard.add(arguments.length == 0 ? "nothing" : arguments[0]));
        socket.on("ask", this::answer);
        socket.connect();
    }

    /** Connected under a name. */
    static OfficialClient in(URI server, String namespace, String name) {
        return in(server, namespace, name, Map.of());
    }

    /** The same, by a request with headers of its own. */
    static OfficialClient in(URI server, String namespace, String name, Map<String, List<String>> headers) {
        OfficialClient client = new OfficialClient(server, namespace, Map.of("name", name), headers);
        if (!client.outcome().equals("connected")) {
            throw new IllegalStateException("refused: " + client.outcome());
        }
        return client;
    }

    static OfficialClient refused(URI server, String namespace) {
        return new OfficialClient(server, namespace, Map.of(), Map.of());
    }

    /** {@code "connected"}, or what the client was told instead. */
    Object outcome() {
        return connected.orTimeout(20, TimeUnit.SECONDS).join();
    }

    Socket socket() {
        return socket;
    }

    String id() {
        return socket.id();
    }

    /** From now on, {@code ask} is answered so; with null, not at all. */
    void answerWith(Object... arguments) {
        answer = arguments;
    }

    /** The first argument of the next {@code hello}. */
    Object heard() {
        try {
            return heard.poll(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** All that came and was not taken yet. */
    List<Object> unheard() {
        return List.copyOf(heard);
    }

    /** What the client emits, with the ack that it gets. */
    Object[] ask(String event, Object... arguments) {
        CompletableFuture<Object[]> ack = new CompletableFuture<>();
        socket.emit(event, arguments, (Ack) ack::complete);
        return ack.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** The client's own word for the reason. */
    String disconnected() {
        return disconnected.orTimeout(20, TimeUnit.SECONDS).join();
    }

    JSONObject refusal() {
        return (JSONObject) outcome();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void answer(Object... arguments) {
        if (answer != null) {
            ((Ack) arguments[arguments.length - 1]).call(answer);
        }
    }
}
