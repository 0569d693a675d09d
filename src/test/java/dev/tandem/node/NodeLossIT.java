package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.gateway.sse.StreamReader;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies what those see who are at another node when one goes: killed with two hundred of its users, or stopped under its streams. */
class NodeLossIT {
    private static final Map<String, String> SETTINGS =
            Map.of("TANDEM_PRESENCE_LEASE", "4s", "TANDEM_JOBS_TICK", "1s", "TANDEM_PRESENCE_LARGE_ROOM", "250");
    private static final int LOST = 200;
    private static final int FEW = 20;
    private static final int MANY = 260;

    /** The lease, one tick, and time for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    private static final Duration SOON = Duration.ofSeconds(60);

    private static RedisProcess redis;
    private static TandemNode survivor;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        survivor = TandemNode.start("survivor", redis, SETTINGS);
    }

    @AfterAll
    static void stop() {
        survivor.close();
        redis.close();
    }

    @Test
    void exactlyThePeopleOfAKilledNodeLeaveAndNobodyElseFlickers() {
        String small = survivor.createRoom("small");
        String large = survivor.createRoom("large");
        try (TandemNode killed = TandemNode.start("killed", redis, SETTINGS);
                Crowd here = Crowd.at(survivor.webSocketUri("/ws"));
                Crowd there = Crowd.at(killed.webSocketUri("/ws"))) {
            List<Crowd.Member> staying = here.come(MANY);
            List<Crowd.Member> few = staying.subList(0, FEW);
            List<Crowd.Member> going = there.come(LOST);
            join(few, small, 1);
            join(going, small, 2);
            join(staying, large, 3);
            join(going, large, 4);
            awaitNumber(few, small, FEW + LOST);
            awaitNumber(staying, large, MANY + LOST);
            List<Integer> marks = staying.stream().map(Crowd.Member::frames).toList();

            killed.kill();
            List<Long> counted = new ArrayList<>();
            await().pollInterval(Duration.ofMillis(50)).atMost(BOUND).until(() -> {
                counted.add(survivor.members(small));
                counted.add(survivor.members(large) - MANY + FEW);
                return survivor.members(small) == FEW && survivor.members(large) == MANY;
            });
            awaitNumber(few, small, FEW);
            awaitNumber(staying, large, MANY);
            say(staying, large);
            say(few, small);

            assertThat(counted).allSatisfy(count -> assertThat(count).isBetween((long) FEW, (long) FEW + LOST));
            List<String> lost = going.stream().map(Crowd.Member::user).sorted().toList();
            for (int i = 0; i < MANY; i++) {
                Function<String, List<JsonNode>> told = after(staying.get(i), marks.get(i));
                assertThat(told.apply("joined")).isEmpty();
                assertThat(users(told.apply("left"))).isEqualTo(i < FEW ? lost : List.of());
                assertThat(told.apply("left"))
                        .allMatch(left -> left.path("members").asLong() >= FEW);
                assertThat(told.apply("members"))
                        .isNotEmpty()
                        .allMatch(number -> number.path("room").asText().equals(large))
                        .allMatch(number -> number.path("members").asLong() >= MANY);
            }
            assertThat(listed(small))
                    .isEqualTo(few.stream().map(Crowd.Member::user).sorted().toList());
            assertThat(listed(large))
                    .isEqualTo(staying.stream().map(Crowd.Member::user).sorted().toList());
        }
    }

    @Test
    void readersOfAStoppedNodeComeBackToAnotherAndMissNothing() throws Exception {
        String room = survivor.createRoom("streamed");
        try (TandemNode stopped = TandemNode.start("stopped", redis, SETTINGS);
                StreamReader first = StreamReader.open(stopped.uri("/api/rooms/streamed/stream"), Map.of())) {
            post(room, 10);
            await().atMost(SOON).until(() -> first.seqs().size() == 10);

            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(stopped::stop);
            for (int i = 0; i < 300 && !exit.isDone(); i++) {
                post(room, 1);
            }
            first.ended().get(20, TimeUnit.SECONDS);
            assertThat(first.isBroken()).isFalse();
            assertThat(exit.get()).isEqualTo(143);
            post(room, 5);

            long last = survivor.history(room).size();
            try (StreamReader second = StreamReader.open(
                    survivor.uri("/api/rooms/streamed/stream"), Map.of("Last-Event-ID", first.lastId()))) {
                post(room, 1);
                await().atMost(SOON).until(() -> second.seqs().contains(last + 1));

                assertThat(Stream.concat(first.seqs().stream(), second.seqs().stream()))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, last + 1).boxed().toList());
                assertThat(second.events("reset")).isEmpty();
            }
        }
    }

    private static void join(List<Crowd.Member> members, String room, int ref) {
        members.forEach(member -> member.join(room, ref));
        await().atMost(SOON).until(() -> members.stream().allMatch(member -> member.isDone(ref)));
    }

    private static void awaitNumber(List<Crowd.Member> members, String room, long number) {
        await().atMost(SOON).until(() -> members.stream().allMatch(member -> member.lastNumber(room) == number));
    }

    /** After what was told before. */
    private static void say(List<Crowd.Member> members, String room) {
        post(room, 1);
        await().atMost(SOON)
                .until(() -> members.stream()
                        .allMatch(member -> member.events("message", 0).stream()
                                .anyMatch(
                                        message -> message.path("room").asText().equals(room))));
    }

    private static void post(String room, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(survivor.post("/api/rooms/" + room + "/messages", "{\"text\":\"hi\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static Function<String, List<JsonNode>> after(Crowd.Member member, int mark) {
        return name -> member.events(name, mark);
    }

    private static List<String> users(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("user").path("id").asText())
                .sorted()
                .toList();
    }

    /** Who is in the room, as HTTP says, each by one connection. */
    private static List<String> listed(String room) {
        List<JsonNode> members = new ArrayList<>();
        TandemNode.json(survivor.get("/api/rooms/" + room + "/members"))
                .path("items")
                .forEach(members::add);
        assertThat(members).allMatch(member -> member.path("connections").asInt() == 1);
        return users(members);
    }
}
