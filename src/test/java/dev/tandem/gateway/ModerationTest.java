package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.event.RoomKeys;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.node.Peer;
import dev.tandem.redis.Commands;
import dev.tandem.room.Actor;
import dev.tandem.room.Moderation;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies what follows from keeping order: who is put out and told, who owns a room after its owner, what Redis holds. */
@QuarkusTest
class ModerationTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

    @Inject
    Moderation moderation;

    private final List<Visitor> visitors = new ArrayList<>();
    private final RoomId room = new RoomId("order-" + RoomId.random());
    private Visitor owner;

    @BeforeEach
    void createRoom() {
        owner = come(Door.WEBSOCKET);
        done(owner, "create", fields());
        done(owner, "join", fields());
    }

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void kickedUserIsToldAndOutAndMayComeAgain(Door door) {
        Visitor visitor = joined(door);

        JsonNode answer =
                done(owner, "kick", fields().put("user", visitor.user()).put("reason", "shouting"));

        assertThat(answer.path("connections").asInt()).isEqualTo(1);
        await().atMost(SOON).until(() -> visitor.peer().events("kicked").size() == 1);
        JsonNode told = visitor.peer().events("kicked").get(0);
        assertThat(told.path("user").path("id").asText()).isEqualTo(visitor.user());
        assertThat(told.path("by").path("id").asText()).isEqualTo(owner.user());
        assertThat(told.path("reason").asText()).isEqualTo("shouting");
        await().atMost(SOON).until(() -> owner.peer().events("left").size() == 1);
        assertThat(owner.peer().events("kicked").get(0).path("user")).isEqualTo(told.path("user"));
        assertThat(visitor.outcome("send", fields().put("text", "hi"))).isEqualTo("not_a_member");
        assertThat(presentUsers()).containsExactly(owner.user());
        assertThat(visitor.outcome("join", fields())).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void kickedUserHearsNothingMore(Door door) {
        Visitor visitor = joined(door);
        done(owner, "kick", fields().put("user", visitor.user()));
        await().atMost(SOON).until(() -> visitor.peer().events("kicked").size() == 1);

        done(owner, "send", fields().put("text", "later"));

        await().atMost(SOON).until(() -> owner.peer().seqs(room.value()).size() == 1);
        done(visitor, "room", fields());
        assertThat(visitor.peer().seqs(room.value())).isEmpty();
    }

    @Test
    void whoWasKickedWhileTheNodeHeardNothingIsPutOutWhenItHearsAgain() {
        Visitor visitor = joined(Door.WEBSOCKET);
        redis(Request.cmd(Command.ZADD).arg(RoomKeys.kicks(room)).arg(1).arg(visitor.user()));

        redis(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));

        await().atMost(SOON).until(() -> visitor.peer().events("kicked").size() == 1);
        await().atMost(SOON).until(() -> presentUsers().equals(List.of(owner.user())));
        assertThat(visitor.outcome("send", fields().put("text", "hi"))).isEqualTo("not_a_member");
        assertThat(owner.outcome("send", fields().put("text", "hi"))).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void bannedUserIsOutUntilTheBanEnds(Door door) {
        Visitor visitor = joined(door);

        done(owner, "ban", fields().put("user", visitor.user()).put("for", 2));

        await().atMost(SOON).until(() -> visitor.peer().events("banned").size() == 1);
        assertThat(visitor.peer().events("banned").get(0).path("until").asText())
                .endsWith("Z");
        assertThat(visitor.outcome("join", fields())).isEqualTo("banned");
        await().atMost(SOON).until(() -> visitor.outcome("join", fields()).equals("ok"));
        assertThat(done(owner, "bans", fields()).path("items")).isEmpty();
    }

    @Test
    void whoWasBannedWhileTheNodeHeardNothingIsPutOutWhenItHearsAgain() {
        Visitor visitor = joined(Door.SOCKETIO);
        write(Request.cmd(Command.HSET)
                .arg(RoomKeys.bans(room))
                .arg(visitor.user())
                .arg("{\"at\":1}"));

        write(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub"));

        await().atMost(SOON).until(() -> visitor.peer().events("banned").size() == 1);
        await().atMost(SOON).until(() -> presentUsers().equals(List.of(owner.user())));
        assertThat(owner.outcome("send", fields().put("text", "still here"))).isEqualTo("ok");
    }

    @Test
    void kickOfSomebodyWhoIsNotThereIsToldToNobody() {
        Visitor visitor = come(Door.HTTP);

        JsonNode answer = done(owner, "kick", fields().put("user", visitor.user()));
        done(owner, "update", fields().put("topic", "t"));

        assertThat(answer.path("connections").asInt()).isZero();
        await().atMost(SOON).until(() -> owner.peer().events("updated").size() == 1);
        assertThat(owner.peer().events("kicked")).isEmpty();
    }

    @Test
    void membersAreToldOfSettingsRolesAndMutes() {
        Visitor visitor = joined(Door.SOCKETIO);
        String user = visitor.user();

        done(owner, "update", fields().put("topic", "t").put("password", "open sesame"));
        done(owner, "role", fields().put("user", user).put("role", "member"));
        done(owner, "mute", fields().put("user", user).put("for", 60));
        done(owner, "unmute", fields().put("user", user));

        for (Visitor each : List.of(visitor, owner)) {
            await().atMost(SOON).until(() -> each.peer().events("unmuted").size() == 1);
        }
        JsonNode updated = visitor.peer().events("updated").get(0);
        assertThat(updated.path("version").asInt()).isEqualTo(2);
        assertThat(updated.path("by").path("id").asText()).isEqualTo(owner.user());
        assertThat(updated.path("changes"))
                .isEqualTo(Peer.fields().put("topic", "t").put("passwordRequired", true));
        assertThat(visitor.peer().events("role").get(0).path("role").asText()).isEqualTo("member");
        assertThat(visitor.peer().events("muted").get(0).path("until").asText()).isNotEmpty();
        assertThat(owner.peer().events("role").get(0).path("user").path("id").asText())
                .isEqualTo(user);
    }

    @Test
    void ownerWhoGivesTheRoomAwayIsAModerator() {
        Visitor heir = come(Door.HTTP);

        done(owner, "role", fields().put("user", heir.user()).put("role", "owner"));

        assertThat(roles()).containsExactly(heir.user() + "=owner", owner.user() + "=moderator");
    }

    @Test
    void roomOfAnOwnerWhoGivesItUpGoesToTheOldestModerator() {
        Visitor first = come(Door.HTTP);
        Visitor second = come(Door.HTTP);
        done(owner, "role", fields().put("user", second.user()).put("role", "moderator"));
        String since = done(owner, "roles", fields())
                .path("items")
                .get(1)
                .path("since")
                .asText();
        await().until(() -> Instant.now().isAfter(Instant.parse(since)));
        done(owner, "role", fields().put("user", first.user()).put("role", "moderator"));

        done(owner, "role", fields().put("user", owner.user()).put("role", "none"));

        assertThat(roles(second)).containsExactly(second.user() + "=owner", first.user() + "=moderator");
    }

    @Test
    void roomWithoutModeratorsGoesToWhoIsPresentForLongest() {
        Visitor first = joined(Door.SOCKETIO);
        await().until(() -> presentUsers().size() == 2);
        Visitor second = joined(Door.SOCKETIO);

        moderation.release(new UserId(owner.user())).await().atMost(SOON);

        assertThat(roles(second)).containsExactly(first.user() + "=owner");
        await().atMost(SOON).until(() -> second.peer().events("role").size() == 2);
        assertThat(second.peer().events("role").get(1).path("user").path("id").asText())
                .isEqualTo(first.user());
    }

    @Test
    void roomWithNobodyInItIsNobodysAfterItsOwner() {
        done(owner, "leave", fields());

        int released = moderation.release(new UserId(owner.user())).await().atMost(SOON);

        assertThat(released).isEqualTo(1);
        assertThat(roles()).isEmpty();
        assertThat(come(Door.HTTP).outcome("delete", fields())).isEqualTo("ok");
    }

    @Test
    void nobodyWithoutCredentialsManagesARoomThatIsSomebodys() {
        int status =
                RestAssured.when().delete("/api/rooms/{room}", room.value()).statusCode();

        assertThat(status).isEqualTo(401);
        assertThat(owner.outcome("room", fields())).isEqualTo("ok");
    }

    @Test
    void redisHoldsNeitherPasswordsNorTokens() {
        done(owner, "update", fields().put("password", "open sesame"));
        String token = done(owner, "invite", fields()).path("token").asText();

        String details = redis(Request.cmd(Command.HGETALL).arg(RoomKeys.details(room)));
        String invitations = redis(Request.cmd(Command.HGETALL).arg(RoomKeys.invitations(room)));

        assertThat(details).contains("pbkdf2-sha512$").doesNotContain("sesame");
        assertThat(invitations).isNotEmpty().doesNotContain(token);
    }

    @Test
    void roomHasNoRulesAnyMoreWhenTheLastIsLifted() {
        String user = come(Door.HTTP).user();
        assertThat(rules()).isNull();
        done(owner, "update", fields().put("slowMode", 5));
        done(owner, "mute", fields().put("user", user));
        done(owner, "ban", fields().put("user", user));

        done(owner, "update", fields().put("slowMode", 0));
        done(owner, "unmute", fields().put("user", user));
        String before = rules();
        done(owner, "unban", fields().put("user", user));

        assertThat(before).isEqualTo("1");
        assertThat(rules()).isNull();
    }

    @Test
    void deletionLeavesNothing() {
        String user = come(Door.HTTP).user();
        done(owner, "update", fields().put("slowMode", 5).put("historyAge", 60).put("emptyTtl", 60));
        done(owner, "mute", fields().put("user", user));
        done(owner, "ban", fields().put("user", user));
        done(owner, "role", fields().put("user", user).put("role", "member"));
        done(owner, "invite", fields());
        done(owner, "send", fields().put("text", "hi"));
        done(joined(Door.WEBSOCKET), "send", fields().put("text", "hi"));
        done(owner, "edit", fields().put("seq", 1).put("text", "hello"));
        done(owner, "react", fields().put("seq", 1).put("emoji", "+1"));
        done(owner, "status", fields().put("status", "away"));
        RoomKeys.all(room).forEach(key -> assertThat(exists(key)).as(key).isTrue());

        done(owner, "delete", fields());

        RoomKeys.all(room).forEach(key -> assertThat(exists(key)).as(key).isFalse());
        for (String index : List.of(RoomKeys.ROOMS, RoomKeys.EXPIRING, RoomKeys.AGING)) {
            assertThat(redis(Request.cmd(Command.ZSCORE).arg(index).arg(room.value())))
                    .as(index)
                    .isNull();
        }
        await().atMost(SOON).until(() -> !exists(RoomKeys.owned(new UserId(owner.user()))));
    }

    @Test
    void roomKeepsAsManyMessagesAsItsSettingsSay() {
        done(owner, "update", fields().put("historyCount", 3));
        for (int i = 1; i <= 5; i++) {
            done(owner, "send", fields().put("text", "m" + i));
        }

        assertThat(historySeqs()).containsExactly(3, 4, 5);
    }

    @Test
    void messagesGoWhenTheyAreTooOldThoughNobodySaysAnything() {
        done(owner, "send", fields().put("text", "before the setting"));
        done(owner, "update", fields().put("historyAge", 3));
        done(owner, "send", fields().put("text", "after it"));
        done(owner, "react", fields().put("seq", 2).put("emoji", "+1"));

        assertThat(historySeqs()).contains(2);
        await().atMost(SOON).until(() -> historySeqs().isEmpty());
        assertThat(exists(RoomKeys.reactions(room))).isFalse();
        assertThat(exists(RoomKeys.reactors(room))).isFalse();
        assertThat(done(owner, "send", fields().put("text", "again"))
                        .path("seq")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void roomThatStaysAfterAllIsNeitherRemovedNorUnlisted() {
        done(owner, "update", fields().put("emptyTtl", 1));
        done(owner, "update", fields().putNull("emptyTtl"));
        done(owner, "leave", fields());

        await().atMost(SOON)
                .until(() ->
                        redis(Request.cmd(Command.ZSCORE).arg(RoomKeys.EXPIRING).arg(room.value())) == null);

        assertThat(owner.outcome("room", fields())).isEqualTo("ok");
        assertThat(redis(Request.cmd(Command.ZSCORE).arg(RoomKeys.ROOMS).arg(room.value())))
                .isNotNull();
    }

    @Test
    void roomIsListedAsLongAsItIsPublic() {
        assertThat(listed()).isTrue();
        done(owner, "update", fields().put("private", true));
        boolean whilePrivate = listed();
        done(owner, "update", fields().put("private", false));

        assertThat(whilePrivate).isFalse();
        assertThat(listed()).isTrue();
    }

    @Test
    void strangersReadNothingOfARoomWithAPassword() {
        done(owner, "send", fields().put("text", "secret"));
        done(owner, "update", fields().put("password", "open sesame"));

        for (String path : List.of("/messages", "/members")) {
            RestAssured.when()
                    .get("/api/rooms/" + room + path)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("not_a_member"));
        }
    }

    private boolean listed() {
        ObjectNode page = Peer.fields()
                .put("cursor", room.value().substring(0, room.value().length() - 1))
                .put("limit", 1);
        return done(owner, "rooms", page)
                .path("items")
                .path(0)
                .path("id")
                .asText()
                .equals(room.value());
    }

    private List<Integer> historySeqs() {
        return RestAssured.when()
                .get("/api/rooms/{room}/messages", room.value())
                .path("items.seq");
    }

    private List<String> presentUsers() {
        return RestAssured.when().get("/api/rooms/{room}/members", room.value()).path("items.user.id");
    }

    private List<String> roles() {
        return moderation.roles(Actor.OPERATOR, room).await().atMost(SOON).stream()
                .map(holder -> holder.user() + "=" + holder.role().wireName())
                .toList();
    }

    private List<String> roles(Visitor asking) {
        List<String> roles = new ArrayList<>();
        done(asking, "roles", fields())
                .path("items")
                .forEach(item -> roles.add(
                        item.path("user").asText() + "=" + item.path("role").asText()));
        return roles;
    }

    private String rules() {
        return redis(Request.cmd(Command.HGET).arg(RoomKeys.details(room)).arg("rules"));
    }

    private boolean exists(String key) {
        return "1".equals(redis(Request.cmd(Command.EXISTS).arg(key)));
    }

    private void write(Request request) {
        commands.send(Commands.Effect.ONCE, request).await().atMost(SOON);
    }

    private String redis(Request request) {
        Response reply = commands.read(request).await().atMost(SOON);
        return reply == null ? null : reply.toString();
    }

    private Visitor joined(Door door) {
        Visitor visitor = come(door);
        done(visitor, "join", fields());
        return visitor;
    }

    private Visitor come(Door door) {
        Visitor visitor = Visitor.come(uri, door);
        visitors.add(visitor);
        return visitor;
    }

    private static JsonNode done(Visitor visitor, String command, ObjectNode fields) {
        JsonNode answer = visitor.say(command, fields);
        assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
        return answer;
    }

    private ObjectNode fields() {
        return Peer.fields().put("room", room.value());
    }
}
