package dev.tandem.node;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The bytes of a WebSocket, of a client that asks for it and says nothing more, whatever it is told. Waits for 20 s at most. */
final class UpgradedSocket implements AutoCloseable {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int SOON_MILLIS = 20_000;

    private final Socket socket;
    private final String head;

    private UpgradedSocket(Socket socket) throws IOException {
        this.socket = socket;
        StringBuilder read = new StringBuilder();
        while (read.indexOf(END_OF_HEAD) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException(read.toString());
            }
            read.append((char) next);
        }
        this.head = read.toString();
    }

    /** Asks for it, with these header lines besides, each with its end of line. */
    static UpgradedSocket open(URI uri, String headers) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(SOON_MILLIS);
        String path = uri.getQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getQuery();
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new UpgradedSocket(socket);
    }

    /** The head of the answer. */
    String head() {
        return head;
    }

    /** All that comes behind it until the server ends the connection, byte by byte. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
