package dev.tandem.torture;

import dev.tandem.node.TandemNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A connection to a node whose client breaks off at any byte, and seldom says goodbye. */
final class RudeConnection implements AutoCloseable {
    private static final int LISTENS_MILLIS = 1_000;
    private static final int DAWDLES_MILLIS = 5;
    private static final int STAYS_MILLIS = 100;

    private final Socket socket;
    private final Random random;
    private final StringBuilder heard = new StringBuilder();

    private RudeConnection(Socket socket, Random random) {
        this.socket = socket;
        this.random = random;
    }

    static RudeConnection to(TandemNode node, Random random) throws IOException {
        Socket socket = new Socket(node.uri("/").getHost(), node.uri("/").getPort());
        socket.setSoTimeout(LISTENS_MILLIS);
        return new RudeConnection(socket, random);
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** All that has come, once that has; whatever has come, if it does not. */
    String hear(String awaited) throws IOException {
        byte[] some = new byte[4_096];
        try {
            while (heard.indexOf(awaited) < 0) {
                int length = socket.getInputStream().read(some);
                if (length < 0) {
                    throw new IOException("The node has closed");
                }
                heard.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException nothingComes) {
            return heard.toString();
        }
        return heard.toString();
    }

    /** Says one after another, and breaks off somewhere; sometimes it waits for an answer in between. */
    void converse(byte[]... things) throws IOException {
        int whole = random.nextInt(things.length + 1);
        for (int i = 0; i < whole; i++) {
            int torn = random.nextInt(things[i].length);
            socket.getOutputStream().write(things[i], 0, torn);
            dawdle(DAWDLES_MILLIS);
            socket.getOutputStream().write(things[i], torn, things[i].length - torn);
            hearSomething();
        }
        if (whole < things.length) {
            socket.getOutputStream().write(things[whole], 0, random.nextInt(things[whole].length));
        }
        dawdle(STAYS_MILLIS);
    }

    /** Half of the time at once, and reset, so that what was not sent yet never is. */
    @Override
    public void close() throws IOException {
        if (random.nextBoolean()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private void hearSomething() throws IOException {
        if (random.nextBoolean() && socket.getInputStream().read() < 0) {
            throw new IOException("The node has closed");
        }
    }

    /** In most cases not at all. */
    private void dawdle(int millis) {
        if (random.nextInt(4) == 0) {
            Fault.pause(1 + random.nextInt(millis));
        }
    }
}
