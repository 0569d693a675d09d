package dev.tandem.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Many clients of the plain WebSocket door, on one thread and a socket each, which count every byte that they get. */
public final class Crowd implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int AT_ONCE = 100;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final URI uri;
    private final Selector selector;
    private final Queue<Member> arrivals = new ConcurrentLinkedQueue<>();
    private final List<Member> members = new CopyOnWriteArrayList<>();

    private Crowd(URI uri) throws IOException {
        this.uri = uri;
        this.selector = Selector.open();
        Thread thread = new Thread(this::run, "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    /** Nobody yet. */
    public static Crowd at(URI webSocket) {
        try {
            return new Crowd(webSocket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** So many more, who have been welcomed; who is refused, as on a machine that is too busy, comes again. */
    public List<Member> come(int count) {
        List<Member> more = new ArrayList<>();
        for (int tries = 0; more.size() < count; tries++) {
            if (tries > count) {
                throw new IllegalStateException("The server takes no more than " + more.size());
            }
            List<Member> some = open(Math.min(AT_ONCE, count - more.size()));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(SOON)
                    .until(() -> some.stream().allMatch(member -> member.refused || member.user != null));
            some.stream().filter(member -> member.user != null).forEach(more::add);
        }
        return more;
    }

    private List<Member> open(int count) {
        List<Member> some = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Member member = new Member(SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort())));
                some.add(member);
                members.add(member);
                arrivals.add(member);
                selector.wakeup();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return some;
    }

    @Override
    public void close() {
        try {
            selector.close();
            for (Member member : members) {
                member.channel.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> ((Member) key.attachment()).read(key));
                for (Member member = arrivals.poll(); member != null; member = arrivals.poll()) {
                    member.channel.register(selector, SelectionKey.OP_READ, member);
                }
            }
        } catch (IOException | ClosedSelectorException closed) {
            // The test is over.
        }
    }

    /** One of them. */
    public final class Member {
        private final SocketChannel channel;
        private final List<String> frames = new CopyOnWriteArrayList<>();
        private ByteBuffer received = ByteBuffer.allocate(4_096);
        private boolean upgraded;
        private volatile boolean refused;
        private volatile long bytes;
        private volatile String user;

        private Member(SocketChannel channel) throws IOException {
            this.channel = channel;
            String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
        }

        /** Who the server says this is; null until it does. */
        public String user() {
            return user;
        }

        /** Bytes that came over the wire since the WebSocket was opened. */
        public long bytes() {
            return bytes;
        }

        /** How many frames have come. */
        public int frames() {
            return frames.size();
        }

        /** What has been told by that name after so many frames. */
        public List<JsonNode> events(String name, int after) {
            return frames.subList(after, frames.size()).stream()
                    .filter(frame -> frame.contains("\"event\":\"" + name + "\""))
                    .map(Crowd::json)
                    .toList();
        }

        /** Whether a command with that {@code ref} was carried out. */
        public boolean isDone(int ref) {
            return frames.stream().anyMatch(frame -> frame.startsWith("{\"ref\":" + ref + ",\"ok\":true"));
        }

        /** How many are in the room, as was told last, or answered; 0 if nothing was. */
        public long lastNumber(String room) {
            for (int i = frames.size() - 1; i >= 0; i--) {
                if (frames.get(i).contains("\"room\":\"" + room + "\"")
                        && frames.get(i).contains("\"members\":")) {
                    return json(frames.get(i)).path("members").asLong();
                }
            }
            return 0;
        }

        /** Asks to come into the room, and does not wait. */
        public void join(String room, int ref) {
            send(
                    TEXT,
                    "{\"cmd\":\"join\",\"ref\":%d,\"room\":\"%s\"}"
                            .formatted(ref, room)
                            .getBytes(StandardCharsets.UTF_8));
        }

        /** One short frame, masked with zeros. */
        private synchronized void send(int opcode, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
            frame.put((byte) (0x80 | opcode))
                    .put((byte) (0x80 | payload.length))
                    .putInt(0)
                    .put(payload)
                    .flip();
            try {
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        private void read(SelectionKey key) {
            try {
                int read = channel.read(received);
                if (read < 0) {
                    refused = true;
                    key.cancel();
                    channel.close();
                    return;
                }
                received.flip();
                while (upgraded ? frame() : upgrade()) {}
                received.compact();
                if (!received.hasRemaining()) {
                    received = ByteBuffer.allocate(2 * received.capacity()).put(received.flip());
                }
            } catch (IOException reset) {
                refused = true;
                key.cancel();
            }
        }

        private boolean upgrade() {
            String head = StandardCharsets.US_ASCII.decode(received.duplicate()).toString();
            int end = head.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            received.position(received.position() + end + 4);
            upgraded = head.startsWith("HTTP/1.1 101");
            refused = !upgraded;
            return upgraded;
        }

        /** Takes one whole frame; false if there is none. */
        private boolean frame() {
            ByteBuffer look = received.duplicate();
            if (look.remaining() < 2) {
                return false;
            }
            int opcode = look.get() & 0x0F;
            int length = look.get() & 0x7F;
            if (length == 126) {
                if (look.remaining() < 2) {
                    return false;
                }
                length = look.getShort() & 0xFFFF;
            }
            if (look.remaining() < length) {
                return false;
            }
            byte[] payload = new byte[length];
            look.get(payload);
            bytes += look.position() - received.position();
            received.position(look.position());
            onFrame(opcode, payload);
            return true;
        }

        private void onFrame(int opcode, byte[] payload) {
            if (opcode == TEXT) {
                String text = new String(payload, StandardCharsets.UTF_8);
                frames.add(text);
                if (user == null) {
                    user = json(text).path("user").path("id").asText();
                }
            } else if (opcode == PING) {
                send(PONG, payload);
            } else if (opcode == CLOSE) {
                frames.add("closed");
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return TandemNode.JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
