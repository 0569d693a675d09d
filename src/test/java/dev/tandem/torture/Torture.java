package dev.tandem.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.node.TandemNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * 200 clients of two nodes, over both doors, who send while somebody inflicts faults; and a checker over all that they were told. Prints
 * the seed, what happened and the verdict.
 */
final class Torture implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Torture.class);
    private static final int CLIENTS = 200;
    private static final int ROOMS = 10;
    private static final int MESSAGES_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seconds = Long.getLong("tandem.torture.seconds", 20);
    final long seed = Long.getLong("tandem.torture.seed", System.nanoTime() % 1_000_000);
    /** Spread, since generators with seeds side by side begin alike. */
    private final Random random = new Random(seed * 0x9E3779B97F4A7C15L);

    private final List<Peer> peers = new ArrayList<>();
    private final Map<Peer, String> rooms = new HashMap<>();
    private final Map<Peer, Long> joinedAt = new HashMap<>();
    private final Queue<Sent> acked = new ConcurrentLinkedQueue<>();
    /** Messages whose senders were told that nothing was done. */
    private final Queue<Sent> undone = new ConcurrentLinkedQueue<>();

    private final Map<String, AtomicInteger> failures = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** A message that a client sent, and its number if it was acknowledged. */
    private record Sent(String room, String id, long seq) {}

    /** One of the rooms. */
    static String room(Random random) {
        return "torture-" + random.nextInt(ROOMS);
    }

    /** Inflicts one fault, which has ended when this returns. */
    interface Tormentor {
        /** The fault, for the log. */
        String inflictOne(Random random);
    }

    /** Torments the nodes for as long as the run takes; fails on any violation. */
    void run(TandemNode ada, TandemNode ben, Tormentor tormentor) {
        LOG.infof("Torture: seed=%d seconds=%d", seed, seconds);
        connectAndJoin(ada, ben);

        int faults = sendUnderFaults(tormentor);

        await().atMost(PATIENCE).until(() -> ada.isReady() && ben.isReady());
        Map<String, List<JsonNode>> histories = histories(ada);
        LOG.infof(
                "Torture: seed=%d faults=%d sent=%d acked=%d failed=%s history=%d resets=%d",
                seed,
                faults,
                asked.get(),
                acked.size(),
                failures,
                histories.values().stream().mapToInt(List::size).sum(),
                peers.stream().mapToInt(peer -> peer.events("reset").size()).sum());
        checkHistories(histories);
        checkMembers(histories);
    }

    /** Called when everything else that the test looks at holds too. */
    void pass() {
        LOG.infof("Torture: seed=%d verdict=passed", seed);
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }

    private void connectAndJoin(TandemNode ada, TandemNode ben) {
        for (int i = 0; i < ROOMS; i++) {
            ada.createRoom("torture-" + i);
        }
        for (int i = 0; i < CLIENTS; i++) {
            TandemNode node = i % 2 == 0 ? ada : ben;
            Peer peer = i % 4 < 2 ? SocketIoPeer.connect(node.uri("/")) : PlainPeer.connect(node.webSocketUri("/ws"));
            String room = "torture-" + i / 4 % ROOMS;
            peers.add(peer);
            rooms.put(peer, room);
            joinedAt.put(peer, peer.join(room).path("seq").asLong());
        }
    }

    /** Completes with the number of faults. */
    private int sendUnderFaults(Tormentor tormentor) {
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(1);
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        Random whose = new Random(seed);
        senders.scheduleAtFixedRate(
                () -> underWay.add(send(peers.get(whose.nextInt(CLIENTS)))),
                0,
                1_000_000 / MESSAGES_PER_SECOND,
                TimeUnit.MICROSECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int faults = 0;
        while (System.nanoTime() < end) {
            LOG.infof("Torture: fault=%s", tormentor.inflictOne(random));
            faults++;
            quiet(random.nextInt(2_000));
        }
        senders.shutdown();
        await().atMost(PATIENCE).until(senders::isTerminated);
        underWay.forEach(
                send -> send.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
        return faults;
    }

    private CompletableFuture<?> send(Peer peer) {
        String room = rooms.get(peer);
        String id = "m" + asked.incrementAndGet();
        return peer.command(
                        "send", Peer.fields().put("room", room).put("text", id).put("id", id))
                .thenAccept(answer -> onAnswer(room, id, answer));
    }

    private void onAnswer(String room, String id, JsonNode answer) {
        if (answer.path("ok").asBoolean()) {
            acked.add(new Sent(room, id, answer.path("seq").asLong()));
        } else {
            String code = answer.path("error").path("code").asText();
            if (!code.equals("outcome_unknown")) {
                undone.add(new Sent(room, id, 0));
            }
            synchronized (failures) {
                failures.computeIfAbsent(code, first -> new AtomicInteger()).incrementAndGet();
            }
        }
    }

    private Map<String, List<JsonNode>> histories(TandemNode node) {
        Map<String, List<JsonNode>> histories = new HashMap<>();
        for (int i = 0; i < ROOMS; i++) {
            histories.put("torture-" + i, node.history("torture-" + i));
        }
        return histories;
    }

    private void checkHistories(Map<String, List<JsonNode>> histories) {
        histories.forEach((room, history) -> {
            List<String> ids =
                    history.stream().map(message -> message.path("id").asText()).toList();
            assertThat(ids).as("no message is in the history twice: " + room).doesNotHaveDuplicates();
            for (int i = 0; i < history.size(); i++) {
                assertThat(history.get(i).path("seq").asLong())
                        .as("numbers have no holes: " + room)
                        .isEqualTo(i + 1L);
            }
        });
        for (Sent sent : acked) {
            JsonNode message = histories.get(sent.room()).get((int) sent.seq() - 1);
            assertThat(message.path("id").asText())
                    .as("what was acknowledged is there")
                    .isEqualTo(sent.id());
        }
        for (Sent sent : undone) {
            assertThat(histories.get(sent.room()))
                    .as("what was refused is not there")
                    .noneMatch(message -> message.path("id").asText().equals(sent.id()));
        }
        assertThat(acked).as("something was acknowledged at all").isNotEmpty();
    }

    private void checkMembers(Map<String, List<JsonNode>> histories) {
        for (Peer peer : peers) {
            long last = histories.get(rooms.get(peer)).size();
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> position(peer) >= last);
            assertThat(position(peer)).as("no more than there is").isEqualTo(last);
        }
    }

    /** Where the client stands after all that it was told: each number is the next one, or it was told that it missed something. */
    private long position(Peer peer) {
        long position = joinedAt.get(peer);
        for (Peer.Event event : peer.events()) {
            long seq = event.json().path("seq").asLong();
            if (event.name().equals("message")) {
                assertThat(seq).as("each message once, in order").isEqualTo(position + 1);
                position = seq;
            } else if (event.name().equals("reset")) {
                position = seq;
            }
        }
        return position;
    }

    private static void quiet(int millis) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
    }
}
