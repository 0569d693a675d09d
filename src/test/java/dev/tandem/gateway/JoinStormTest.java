package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.node.Crowd;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.redis.Commands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies that what members are told grows with the members, not with their square, when many come and go. */
@QuarkusTest
@TestProfile(SmallNumbersProfile.class)
class JoinStormTest {
    private static final int LARGE = 10;
    private static final Duration GATHER = Duration.ofMillis(200);
    private static final int CROWD = 60;
    private static final Duration STORM = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Seldom enough that it costs the storm nothing. */
    private static final Duration GLANCE = Duration.ofMillis(100);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void closePeers() {
        peers.forEach(Peer::close);
    }

    @Test
    void largeRoomIsToldItsNumberAndNoMoreOftenThanThat() {
        String room = newRoom();
        long began = System.nanoTime();
        for (int i = 0; i < CROWD; i++) {
            join(room);
        }
        Peer first = peers.get(0);
        await().until(() -> lastNumber(first) == CROWD);
        long rounds = (System.nanoTime() - began) / GATHER.toNanos() + 2;

        assertThat(peers).allSatisfy(peer -> {
            assertThat(peer.events("joined")).hasSizeLessThanOrEqualTo(LARGE);
            assertThat(peer.events("members")).hasSizeLessThanOrEqualTo((int) rounds);
        });
        assertThat(first.events("members").get(0).path("room").asText()).isEqualTo(room);
    }

    @Test
    void smallRoomIsToldOfEachAndBeforeWhatTheySay() throws Exception {
        String room = newRoom();
        Peer ada = join(room);
        Peer bob = join(room);
        Peer eve = join(room);

        Peer.await(eve.send(room, "hi"));

        await().until(() ->
                peers.stream().noneMatch(peer -> peer.events("message").isEmpty()));
        assertThat(ada.events()).extracting(Peer.Event::name).containsExactly("welcome", "joined", "joined", "message");
        assertThat(bob.events("joined")).hasSize(1);
        assertThat(eve.events("joined")).isEmpty();
        assertThat(ada.events("joined").get(1).path("members").asInt()).isEqualTo(3);
    }

    @Test
    void largeRoomIsToldWhenItBecomesSmaller() {
        String room = newRoom();
        for (int i = 0; i < LARGE + 3; i++) {
            join(room);
        }
        Peer first = peers.get(0);
        await().until(() -> lastNumber(first) == LARGE + 3);

        peers.get(LARGE + 2).leave(room);

        await().until(() -> lastNumber(first) == LARGE + 2);
        assertThat(first.events("left")).isEmpty();
    }

    @Test
    void largeRoomIsToldOfSomeWhoTypeAndOfNoStatus() {
        String room = newRoom();
        for (int i = 0; i < CROWD; i++) {
            join(room);
        }
        long began = System.nanoTime();

        List<CompletableFuture<JsonNode>> answers = peers.stream()
                .flatMap(peer -> Stream.of(
                        peer.command("typing", Peer.fields().put("room", room)),
                        peer.command("status", Peer.fields().put("status", "away"))))
                .toList();

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(Peer.await(answer).path("ok").asBoolean()).isTrue());
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 2;
        Peer.await(peers.get(0).send(room, "hi"));
        assertThat(peers).allSatisfy(peer -> {
            await().until(() -> peer.events("message").size() == 1);
            assertThat(peer.events("typing")).hasSizeBetween(2, (int) (3 * seconds));
            assertThat(peer.events("status")).isEmpty();
        });
        assertThat(given().get("/api/rooms/{room}/members", room).<List<String>>path("items.status"))
                .containsOnly("away");
    }

    @Test
    void smallRoomIsToldOfAllWhoTypeAndOfTheirStatus() {
        String room = newRoom();
        for (int i = 0; i < LARGE; i++) {
            join(room);
        }

        peers.forEach(peer -> {
            Peer.await(peer.command("typing", Peer.fields().put("room", room)));
            Peer.await(peer.command("status", Peer.fields().put("status", "away")));
        });

        assertThat(peers).allSatisfy(peer -> {
            await().until(() -> peer.events("typing").size() == LARGE - 1);
            await().until(() -> peer.events("status").size() == LARGE);
        });
    }

    /** As after a failover to a replica that lags. */
    @Test
    void whoIsHereIsToldOfComingsAlsoByARedisThatHasForgottenSome() {
        String room = newRoom();
        Peer first = join(room);
        Peer second = join(room);
        second.leave(room);
        redis(Request.cmd(Command.HSET)
                .arg(RoomKeys.details(new RoomId(room)))
                .arg("usersVersion")
                .arg(-1_000_000));

        redis(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));

        await().atMost(SOON).until(() -> {
            second.join(room);
            second.leave(room);
            return first.events("joined").size() > 1;
        });
    }

    /**
     * A thousand who come within the same time as five hundred: each gets the number as often, so that each costs as much. If everybody
     * were told of everybody, it would be twice as much, and some 50 KB.
     */
    @Test
    void stormOfAThousandCostsEachAsMuchAsOneOfFiveHundred() throws Exception {
        try (Crowd crowd = Crowd.at(URI.create("ws://" + uri.getAuthority() + "/ws"))) {
            List<Crowd.Member> all = crowd.come(1_000);

            Storm half = storm(all.subList(0, 500), 1);
            Storm whole = storm(all, 2);

            for (Storm storm : List.of(half, whole)) {
                assertThat(storm.bytesOfEach()).as("%s", storm).isLessThan(300 + storm.rounds() * 80);
            }
            double longer = Math.max(0, whole.rounds() - half.rounds());
            assertThat(whole.bytesOfEach())
                    .as("%s, %s", half, whole)
                    .isLessThan(1.5 * half.bytesOfEach() + longer * 80);
        }
    }

    /** Who comes while others do hears of those whom the answer has counted already, which must not make the number smaller again. */
    @Test
    void whoComesAtTheSameTimeAsOthersIsLeftWithTheNumberOfAll() throws Exception {
        try (Crowd crowd = Crowd.at(URI.create("ws://" + uri.getAuthority() + "/ws"))) {
            List<Crowd.Member> members = crowd.come(LARGE - 2);
            for (int ref = 1; ref <= 20; ref++) {
                String room = newRoom();
                for (Crowd.Member member : members) {
                    member.join(room, ref);
                }
                int joined = ref;
                await().until(() -> members.stream().allMatch(member -> member.isDone(joined)));
                await().untilAsserted(() -> assertThat(members)
                        .extracting(member -> member.lastNumber(room))
                        .containsOnly((long) members.size()));
            }
        }
    }

    /** What came over the wire, to all together, from the first join until everybody knew how many there are. */
    private record Storm(int joins, long bytes, long nanos) {
        double bytesOfEach() {
            return (double) bytes / joins;
        }

        /** How often the number may have been told. */
        double rounds() {
            return (double) nanos / GATHER.toNanos() + 2;
        }
    }

    private static Storm storm(List<Crowd.Member> members, int ref) throws Exception {
        String room = newRoom();
        long before = bytes(members);
        long began = System.nanoTime();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        for (int i = 0; i < members.size(); i++) {
            Crowd.Member member = members.get(i);
            clock.schedule(() -> member.join(room, ref), STORM.toNanos() * i / members.size(), TimeUnit.NANOSECONDS);
        }
        clock.shutdown();
        await().pollInterval(GLANCE).atMost(SOON).untilAsserted(() -> {
            assertThat(members).as("joined").allMatch(member -> member.isDone(ref));
            assertThat(members).extracting(member -> member.lastNumber(room)).containsOnly((long) members.size());
        });
        return new Storm(members.size(), bytes(members) - before, System.nanoTime() - began);
    }

    private void redis(Request request) {
        commands.send(Commands.Effect.ONCE, request).await().atMost(SOON);
    }

    private static long bytes(List<Crowd.Member> members) {
        return members.stream().mapToLong(Crowd.Member::bytes).sum();
    }

    private Peer join(String room) {
        PlainPeer peer = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"));
        peers.add(peer);
        assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
        return peer;
    }

    private static long lastNumber(Peer peer) {
        List<JsonNode> numbers = peer.events("members");
        return numbers.isEmpty()
                ? 0
                : numbers.get(numbers.size() - 1).path("members").asLong();
    }

    private static String newRoom() {
        return given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .path("id");
    }
}
