package dev.tandem.redis;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A blocking connection of a test to Redis: sends a command, reads its answer. Not for the application. */
public final class RedisConsole implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;

    private RedisConsole(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects, as soon as there is a server that answers. */
    static RedisConsole open(int port) {
        return open(port, "");
    }

    /** The same, with the password of the default user unless it is empty. */
    static RedisConsole open(int port, String password) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> attempt(port, password), Objects::nonNull);
    }

    /** Null if there is no server that answers yet. */
    private static RedisConsole attempt(int port, String password) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            RedisConsole console = new RedisConsole(socket);
            if (!password.isEmpty()) {
                console.command("AUTH", password);
            }
            return "PONG".equals(console.command("PING")) ? console : null;
        } catch (UncheckedIOException | IOException | IllegalStateException notYet) {
            return null;
        }
    }

    /** The answer: a text, a {@code Long}, a list, or null. Fails if Redis answers with an error. */
    public Object command(String... words) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (String word : words) {
                byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(bytes);
                out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            }
            socket.getOutputStream().write(out.toByteArray());
            return answer();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The names of all connections that have one of Tandem's. */
    public List<String> tandemConnections() {
        String list = (String) command("CLIENT", "LIST");
        return list.lines()
                .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                .filter(name -> name.startsWith("tandem:"))
                .sorted()
                .toList();
    }

    /** All connections but this one, named or not. */
    public long otherConnections() {
        return ((String) command("CLIENT", "LIST")).lines().count() - 1;
    }

    /** All connections but this one and those by which sentinels watch the server. */
    public long otherConnectionsButSentinels() {
        String list = (String) command("CLIENT", "LIST");
        return list.lines().filter(line -> !line.contains(" name=sentinel-")).count() - 1;
    }

    /** Redis closes the connection of that name; false if there is none. */
    public boolean kill(String name) {
        String list = (String) command("CLIENT", "LIST");
        return list.lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .map(line -> line.replaceAll("^id=(\\d+) .*", "$1"))
                .map(id -> command("CLIENT", "KILL", "ID", id))
                .anyMatch(killed -> killed.equals(1L));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.parseLong(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IllegalStateException("Redis says " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private List<Object> list(int size) throws IOException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(answer());
        }
        return items;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis closed the connection");
            }
            line.write(c);
        }
        in.read();
        return line.toString(StandardCharsets.UTF_8);
    }
}
