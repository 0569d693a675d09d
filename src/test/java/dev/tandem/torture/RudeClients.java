package dev.tandem.torture;

import dev.tandem.node.TandemNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Clients of several nodes and every door who break off wherever it pleases them: before they have said anything, in the middle of a
 * request, of its body or of a frame, with a farewell of TCP or without one. What they do is drawn from a seed; how it falls together is
 * not.
 */
final class RudeClients {
    static final List<String> ROOMS = List.of("rude-0", "rude-1", "rude-2");
    private static final int AT_ONCE = 16;
    private static final int MOST_NOISE = 200;
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final String OPEN = "/socket.io/?EIO=4&transport=";

    private final List<TandemNode> nodes;
    private final long seed;
    private final AtomicInteger lives = new AtomicInteger();

    RudeClients(long seed, TandemNode... nodes) {
        this.seed = seed;
        this.nodes = List.of(nodes);
    }

    /** Lets them loose for so long; completes with how many there were. */
    int run(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        List<Thread> threads = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> new Thread(() -> live(new Random((seed * AT_ONCE + i) * 0x9E3779B97F4A7C15L), end)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return lives.get();
    }

    private void live(Random random, long end) {
        while (System.nanoTime() < end) {
            lives.incrementAndGet();
            try {
                Manner.values()[random.nextInt(Manner.values().length)].show(this, random);
            } catch (IOException cutOff) {
                // The node may be as rude to them.
            }
        }
    }

    private RudeConnection dial(Random random) throws IOException {
        return RudeConnection.to(nodes.get(random.nextInt(nodes.size())), random);
    }

    /** A session of long-polling that one of the nodes has opened. */
    private String openSession(Random random) throws IOException {
        try (RudeConnection connection = dial(random)) {
            connection.say(get(OPEN + "polling"));
            Matcher sid = SID.matcher(connection.hear("\"maxPayload\""));
            if (!sid.find()) {
                throw new IOException("There is no session");
            }
            return sid.group(1);
        }
    }

    private enum Manner {
        NOTHING_SAID {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                clients.dial(random).close();
            }
        },
        NOISE {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                try (RudeConnection connection = clients.dial(random)) {
                    connection.say(noise(random));
                }
            }
        },
        CALL {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                try (RudeConnection connection = clients.dial(random)) {
                    connection.converse(pick(
                            random,
                            get("/api/rooms"),
                            get("/api/rooms/" + room(random) + "/messages"),
                            post(
                                    "/api/rooms/" + room(random) + "/messages",
                                    "{\"text\":\"" + "x".repeat(3_000) + "\"}"),
                            post("/api/rooms", "{\"private\":true,\"name\":\"" + "x".repeat(3_000) + "\"}"),
                            get("/socket.io-client-that-is-not-there.js")));
                }
            }
        },
        STREAM {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                try (RudeConnection connection = clients.dial(random)) {
                    connection.converse(
                            get("/api/rooms/" + room(random) + "/stream"),
                            post("/api/rooms/" + room(random) + "/messages", "{\"text\":\"hi\"}"));
                }
            }
        },
        PLAIN_SOCKET {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                String room = room(random);
                try (RudeConnection connection = clients.dial(random)) {
                    connection.converse(
                            upgrade("/ws"),
                            frame("{\"cmd\":\"join\",\"ref\":1,\"room\":\"" + room + "\"}"),
                            frame("{\"cmd\":\"send\",\"ref\":2,\"room\":\"" + room + "\",\"text\":\"hi\"}"),
                            noise(random));
                }
            }
        },
        SOCKET_IO {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                String room = room(random);
                try (RudeConnection connection = clients.dial(random)) {
                    connection.converse(
                            upgrade(OPEN + "websocket"),
                            frame("40"),
                            frame("420[\"join\",{\"room\":\"" + room + "\"}]"),
                            frame("421[\"send\",{\"room\":\"" + room + "\",\"text\":\"hi\"}]"),
                            noise(random));
                }
            }
        },
        /** Its requests come to any node, so that one has to pass them on to the other. */
        LONG_POLLING {
            @Override
            void show(RudeClients clients, Random random) throws IOException {
                String sid = clients.openSession(random);
                String join = "420[\"join\",{\"room\":\"" + room(random) + "\"}]";
                List<byte[]> requests = new ArrayList<>(List.of(
                        post(OPEN + "polling&sid=" + sid, "40"),
                        get(OPEN + "polling&sid=" + sid),
                        post(OPEN + "polling&sid=" + sid, join),
                        get(OPEN + "polling&sid=" + sid)));
                for (byte[] request : requests.subList(0, random.nextInt(requests.size() + 1))) {
                    try (RudeConnection connection = clients.dial(random)) {
                        connection.converse(request);
                    }
                }
                if (random.nextBoolean()) {
                    try (RudeConnection connection = clients.dial(random)) {
                        connection.converse(upgrade(OPEN + "websocket&sid=" + sid), frame("2probe"), frame("5"));
                    }
                }
            }
        };

        /** Does what it does, on connections that it closes; fails when the node closes one. */
        abstract void show(RudeClients clients, Random random) throws IOException;
    }

    private static String room(Random random) {
        return ROOMS.get(random.nextInt(ROOMS.size()));
    }

    private static byte[] pick(Random random, byte[]... some) {
        return some[random.nextInt(some.length)];
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(MOST_NOISE)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] get(String path) {
        return head("GET " + path, "");
    }

    private static byte[] post(String path, String body) {
        String type = path.startsWith("/api") ? "application/json" : "text/plain";
        return head("POST " + path, "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n", body);
    }

    private static byte[] upgrade(String path) {
        return head("GET " + path, """
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r
                """);
    }

    private static byte[] head(String what, String headers, String... body) {
        return (what + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + String.join("", body))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** One text frame of a client, of up to 125 characters; its mask is zero (RFC 6455, 5.2). */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }
}
