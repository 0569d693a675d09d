package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.event.LobbyKeys;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.TandemNode;
import dev.tandem.redis.Commands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies that who watches the public rooms is told, on each door, what the list shows, all of it, and nothing else. */
@QuarkusTest
class LobbyTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

    @ConfigProperty(name = "tandem.lobby.counts-every")
    Duration pace;

    private final List<AutoCloseable> open = new ArrayList<>();
    /** It comes before those of other tests in the list. */
    private final String room = "00" + RoomId.random();

    private Map<String, String> owner;

    @BeforeEach
    void comeIn() {
        Response session = as(Map.of()).post("/api/session");
        owner = Map.of("Cookie", session.header("Set-Cookie").split(";")[0]);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        await().atMost(SOON).until(() -> listeners() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void isGivenAPageOfTheListFirst(Door door) {
        create(room, Map.of("topic", "t"));
        create(room + "-2", Map.of());

        LobbyWatcher watcher = watch(door, 1);

        assertThat(watcher.page().path("items")).hasSize(1);
        assertThat(watcher.page().path("next").asText()).isNotEmpty();
        assertThat(watch(door, 1_000).page().path("items")).contains(inTheList(room));
    }

    @ParameterizedTest
    @EnumSource
    void roomThatComesIsToldAsTheListShowsIt(Door door) {
        LobbyWatcher watcher = watch(door, 1);

        create(room, Map.of("topic", "t", "capacity", 7, "password", "secret", "metadata", Map.of("a", 1)));

        JsonNode told = single(watcher, "listed");
        assertThat(told.path("details")).isEqualTo(inTheList(room));
        assertThat(told.path("details").path("passwordRequired").asBoolean()).isTrue();
        assertThat(told.toString()).doesNotContain("metadata", "owner", "secret");
    }

    @ParameterizedTest
    @EnumSource
    void settingsThatTheListShowsAreTold(Door door) {
        create(room, Map.of());
        LobbyWatcher watcher = watch(door, 1);

        update(Map.of("topic", "news", "locked", true, "capacity", 3));

        JsonNode told = single(watcher, "changed");
        assertThat(told.path("details")).isEqualTo(inTheList(room));
        assertThat(told.path("details").path("topic").asText()).isEqualTo("news");
        assertThat(told.path("details").path("version").asLong()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void roomThatIsDeletedGoes(Door door) {
        create(room, Map.of());
        LobbyWatcher watcher = watch(door, 1);

        as(owner).delete("/api/rooms/{room}", room).then().statusCode(204);

        assertThat(single(watcher, "unlisted").path("room").asText()).isEqualTo(room);
    }

    @ParameterizedTest
    @EnumSource
    void roomThatExpiresGoes(Door door) {
        LobbyWatcher watcher = watch(door, 1);

        create(room, Map.of("emptyTtl", 2));

        single(watcher, "listed");
        single(watcher, "unlisted");
    }

    @ParameterizedTest
    @EnumSource
    void roomThatIsMadePrivateGoesAndComesAgainWhenItIsPublic(Door door) {
        create(room, Map.of("topic", "before"));
        LobbyWatcher watcher = watch(door, 1);

        update(Map.of("private", true));
        single(watcher, "unlisted");
        update(Map.of("topic", "hidden"));
        join(room, owner).close();
        fence(watcher);
        assertThat(watcher.counts(room)).isEmpty();
        update(Map.of("topic", "open", "private", false));

        JsonNode told = single(watcher, "listed");
        assertThat(told.path("details")).isEqualTo(inTheList(room));
        assertThat(watcher.events("changed", room))
                .noneMatch(event -> event.toString().contains("hidden"));
    }

    @ParameterizedTest
    @EnumSource
    void ofPrivateRoomsNothingIsEverTold(Door door) {
        LobbyWatcher watcher = watch(door, 1_000);

        create(room, Map.of("private", true));
        join(room, owner).close();
        update(Map.of("topic", "t"));
        as(owner)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room)
                .then()
                .statusCode(201);
        String expiring = room + "-expiring";
        create(expiring, Map.of("private", true, "emptyTtl", 1));
        await().atMost(SOON).until(() -> status(expiring) == 404);
        as(owner).delete("/api/rooms/{room}", room).then().statusCode(204);
        fence(watcher);

        assertThat(watcher.hasHeardOf(room)).isFalse();
        assertThat(watcher.hasHeardOf(expiring)).isFalse();
        assertThat(watcher.page().toString()).doesNotContain(room);
    }

    @ParameterizedTest
    @EnumSource
    void whoComesAndGoesIsCountedAndToldOnceInAWhile(Door door) {
        create(room, Map.of());
        LobbyWatcher watcher = watch(door, 1);
        long began = System.nanoTime();

        List<Peer> members = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            members.add(join(room));
        }
        await().atMost(SOON).until(() -> last(watcher.counts(room)) == 20);
        members.forEach(Peer::close);
        await().atMost(SOON).until(() -> last(watcher.counts(room)) == 0);

        long rounds = Duration.ofNanos(System.nanoTime() - began).dividedBy(pace);
        assertThat(watcher.counts(room)).hasSizeLessThanOrEqualTo((int) rounds + 1);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostBetweenTheListAndWhatIsTold(Door door) {
        Set<String> all = new HashSet<>();
        List<LobbyWatcher> watchers = new ArrayList<>();
        CompletableFuture<Void> creating = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 60; i++) {
                create(room + "-" + i, Map.of());
            }
        });
        while (!creating.isDone()) {
            watchers.add(watch(door, 1_000));
        }
        creating.join();
        for (int i = 0; i < 60; i++) {
            all.add(room + "-" + i);
        }

        assertThat(watchers).hasSizeGreaterThan(1);
        for (LobbyWatcher watcher : watchers) {
            await().atMost(SOON).until(() -> known(watcher).containsAll(all));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldToListAnewWhenTheNodeDidNotHear(Door door) {
        LobbyWatcher watcher = watch(door, 1);

        redis(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));

        await().atMost(SOON).until(() -> !watcher.events("relist").isEmpty());
        assertThat(watcher.events("relist").get(0).path("recovered").asBoolean(true))
                .isFalse();
        create(room, Map.of());
        single(watcher, "listed");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whoWatchesTwiceIsToldOnceAndWhoDoesNotAnyMoreIsNot(Door door) {
        LobbyWatcher.Member watcher = (LobbyWatcher.Member) watch(door, 1);

        JsonNode again = Peer.await(watcher.peer().command("watch", Peer.fields()));
        create(room, Map.of());
        single(watcher, "listed");
        fence(watcher);
        JsonNode over = Peer.await(watcher.peer().command("unwatch", Peer.fields()));
        LobbyWatcher other = watch(door, 1);
        as(owner).delete("/api/rooms/{room}", room).then().statusCode(204);
        single(other, "unlisted");
        Peer.await(watcher.peer().command("rooms", Peer.fields()));

        assertThat(again.path("items").isArray()).isTrue();
        assertThat(over.path("ok").asBoolean()).isTrue();
        assertThat(watcher.events("listed", room)).hasSize(1);
        assertThat(watcher.events("unlisted", room)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void unlikelyLimitsAreRefused(Door door) {
        LobbyWatcher.Member watcher = (LobbyWatcher.Member) watch(door, 1);

        for (int limit : List.of(-1, 0, 1_001)) {
            JsonNode answer =
                    Peer.await(watcher.peer().command("watch", Peer.fields().put("limit", limit)));
            assertThat(answer.path("error").path("code").asText()).isEqualTo("invalid_field");
        }
    }

    @Test
    void unlikelyLimitsOfAStreamAreRefused() {
        for (String limit : List.of("-1", "0", "1001", "x")) {
            assertThat(given().get("/api/lobby/stream?limit=" + limit).statusCode())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodeListensOnlyWhileSomebodyWatches(Door door) {
        await().atMost(SOON).until(() -> listeners() == 0);
        LobbyWatcher first = watch(door, 1);
        LobbyWatcher second = watch(door, 1);
        assertThat(listeners()).isEqualTo(1);

        first.close();
        create(room, Map.of());
        single(second, "listed");
        second.close();

        await().atMost(SOON).until(() -> listeners() == 0);
    }

    /** Whatever happened before has been told once this has been. */
    private void fence(LobbyWatcher watcher) {
        String last = room + "-fence-" + RoomId.random().value().substring(0, 4);
        create(last, Map.of());
        await().atMost(SOON).until(() -> watcher.events("listed", last).size() == 1);
        join(last);
        await().atMost(SOON).until(() -> last(watcher.counts(last)) == 1);
    }

    private Set<String> known(LobbyWatcher watcher) {
        Set<String> known = new HashSet<>();
        watcher.page().path("items").forEach(item -> known.add(item.path("id").asText()));
        watcher.events("listed").forEach(event -> known.add(event.path("room").asText()));
        return known;
    }

    private JsonNode single(LobbyWatcher watcher, String event) {
        await().atMost(SOON).until(() -> !watcher.events(event, room).isEmpty());
        assertThat(watcher.events(event, room)).hasSize(1);
        return watcher.events(event, room).get(0);
    }

    private JsonNode inTheList(String id) {
        String list = given().queryParam("cursor", id.substring(0, id.length() - 1))
                .queryParam("limit", 1_000)
                .get("/api/rooms")
                .asString();
        try {
            for (JsonNode item : TandemNode.JSON.readTree(list).path("items")) {
                if (item.path("id").asText().equals(id)) {
                    return item;
                }
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
        throw new IllegalStateException("not in the list: " + id);
    }

    private LobbyWatcher watch(Door door, int limit) {
        LobbyWatcher watcher = LobbyWatcher.watch(uri, door, limit);
        open.add(watcher);
        return watcher;
    }

    private Peer join(String id) {
        return join(id, Map.of());
    }

    private Peer join(String id, Map<String, String> headers) {
        Peer peer = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), headers);
        open.add(peer);
        assertThat(peer.join(id).path("ok").asBoolean()).isTrue();
        return peer;
    }

    private void create(String id, Map<String, ?> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("id", id);
        as(owner).body(body).post("/api/rooms").then().statusCode(201);
    }

    private void update(Map<String, ?> settings) {
        as(owner).body(settings).patch("/api/rooms/{room}", room).then().statusCode(200);
    }

    private int status(String id) {
        return as(owner).get("/api/rooms/{room}", id).statusCode();
    }

    private long listeners() {
        return redis(Request.cmd(Command.PUBSUB).arg("NUMSUB").arg(LobbyKeys.CHANNEL))
                .get(1)
                .toLong();
    }

    private io.vertx.redis.client.Response redis(Request request) {
        return commands.read(request).await().atMost(SOON);
    }

    private static long last(List<Long> counts) {
        return counts.isEmpty() ? -1 : counts.get(counts.size() - 1);
    }

    private static RequestSpecification as(Map<String, String> headers) {
        return given().headers(headers).contentType(ContentType.JSON);
    }
}
