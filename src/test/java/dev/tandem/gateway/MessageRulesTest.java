package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.TandemNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that messages are changed, removed, reacted to and read in the same way on each door, by those alone who may. */
@QuarkusTest
class MessageRulesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String THUMB = "\ud83d\udc4d\ud83c\udffd";

    @TestHTTPResource("/")
    URI uri;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String room = "said-" + RoomId.random();

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    /** What somebody wants who is that, and what comes of it. Message 1 is the author's, 2 the owner's, 3 a tombstone of the author's. */
    static Stream<Arguments> deeds() {
        List<String> rows = List.of(
                "author | edit | {'seq':1,'text':'b'} | ok",
                "author | edit | {'seq':1,'data':{'a':1}} | ok",
                "author | edit | {'seq':1,'text':''} | invalid_field",
                "author | edit | {'seq':1} | invalid_field",
                "author | edit | {'seq':2,'text':'b'} | forbidden",
                "author | edit | {'seq':3,'text':'b'} | message_not_found",
                "author | edit | {'seq':9,'text':'b'} | message_not_found",
                "author | edit | {'room':'nowhere','seq':1,'text':'b'} | room_not_found",
                "author | remove | {'seq':1} | ok",
                "author | remove | {'seq':3} | ok",
                "author | remove | {'seq':2} | forbidden",
                "author | react | {'seq':2,'emoji':'+1'} | ok",
                "author | react | {'seq':2,'emoji':'a b'} | invalid_field",
                "author | react | {'seq':2,'emoji':'123456789012345678901234567890123'} | invalid_field",
                "author | react | {'seq':3,'emoji':'+1'} | message_not_found",
                "author | unreact | {'seq':2,'emoji':'+1'} | ok",
                "author | reactions | {'seq':2} | ok",
                "author | reactions | {'seq':9} | message_not_found",
                "author | read | {'seq':3} | ok",
                "author | read | {'seq':4} | invalid_field",
                "author | read | {'seq':0} | invalid_field",
                "author | send | {'text':'b','replyTo':3,'mentions':['ada','bob']} | ok",
                "author | send | {'text':'b','replyTo':4} | invalid_field",
                "author | send | {'text':'b','replyTo':0} | invalid_field",
                "author | send | {'text':'b','mentions':['no user']} | invalid_field",
                "author | changes | {'since':0} | ok",
                "stranger | edit | {'seq':1,'text':'b'} | forbidden",
                "stranger | remove | {'seq':1} | forbidden",
                "owner | edit | {'seq':1,'text':'b'} | forbidden",
                "owner | remove | {'seq':1} | ok",
                "moderator | remove | {'seq':1} | ok",
                "moderator | edit | {'seq':1,'text':'b'} | forbidden",
                "muted | edit | {'seq':1,'text':'b'} | muted",
                "muted | react | {'seq':2,'emoji':'+1'} | muted",
                "muted | remove | {'seq':1} | ok",
                "muted | read | {'seq':1} | ok",
                "banned | edit | {'seq':1,'text':'b'} | banned",
                "banned | remove | {'seq':1} | banned",
                "banned | react | {'seq':2,'emoji':'+1'} | banned",
                "banned | reactions | {'seq':2} | banned",
                "banned | read | {'seq':1} | banned",
                "banned | changes | {'since':0} | banned",
                "outside | edit | {'seq':1,'text':'b'} | not_a_member",
                "outside | remove | {'seq':1} | not_a_member",
                "outside | react | {'seq':2,'emoji':'+1'} | not_a_member",
                "outside | reactions | {'seq':2} | not_a_member",
                "outside | read | {'seq':1} | not_a_member",
                "outside | changes | {'since':0} | not_a_member");
        return Stream.of(Door.values()).flatMap(door -> rows.stream().map(row -> Arguments.of(door, row)));
    }

    /** The script asks for more keys then, and has done nothing: each message is posted all the same, once and in order. */
    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void messagesArePostedOnceAndInOrderWhereTheNodeDoesNotKnowThatARoomHasRules(Door door) {
        Visitor author = come(door);
        done(author, "create", fields().put("capacity", 10));
        done(author, "join", fields());

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 50)
                .mapToObj(i -> author.peer().send(room, "text " + i))
                .toList();

        assertThat(answers)
                .extracting(answer -> Peer.await(answer).path("seq").asInt())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void everybodyDoesWhatTheyMay(Door door, String row) {
        String[] parts = row.split(" \\| ");
        Visitor actor = come(door);
        Visitor owner = parts[0].equals("owner") ? actor : come(Door.HTTP);
        boolean isAuthor = !List.of("owner", "moderator", "stranger").contains(parts[0]);
        Visitor author = isAuthor ? actor : come(Door.HTTP);
        done(owner, "create", fields());
        if (author.hasSocket()) {
            done(author, "join", fields());
        }
        done(author, "send", fields().put("text", "a"));
        post(owner, "a");
        done(author, "send", fields().put("text", "a"));
        done(author, "remove", fields().put("seq", 3));
        become(parts[0], actor, owner);

        assertThat(actor.outcome(parts[1], fields(parts[2]))).isEqualTo(parts[3]);
    }

    private void become(String what, Visitor actor, Visitor owner) {
        ObjectNode about = fields().put("user", actor.user());
        switch (what) {
            case "moderator" -> done(owner, "role", about.put("role", "moderator"));
            case "muted" -> done(owner, "mute", about);
            case "banned" -> done(owner, "ban", about);
            case "outside" -> {
                if (actor.hasSocket()) {
                    done(actor, "leave", fields());
                }
                done(owner, "update", fields().put("locked", true));
            }
            default -> {}
        }
    }

    @ParameterizedTest
    @EnumSource
    void membersAreToldWhatAMessageSaysNowAndWhoReacts(Door door) {
        Visitor author = owner(door);
        Visitor member = joined(Door.WEBSOCKET);
        post(author, "one");

        JsonNode edited = done(author, "edit", fields("{'seq':1,'text':'two','data':{'e':[]}}"));
        done(author, "edit", fields("{'seq':1,'text':'two'}"));
        done(author, "react", fields().put("seq", 1).put("emoji", THUMB));
        done(author, "react", fields().put("seq", 1).put("emoji", THUMB));
        done(author, "unreact", fields().put("seq", 1).put("emoji", THUMB));
        done(author, "remove", fields().put("seq", 1));
        done(author, "remove", fields().put("seq", 1));
        post(author, "last");

        await().atMost(SOON).until(() -> member.peer().seqs(room).contains(2L));
        JsonNode heard = one(member, "edited");
        assertThat(heard.path("text").asText()).isEqualTo("two");
        assertThat(heard.path("data").path("e").isArray()).isTrue();
        assertThat(heard.has("editedAt")).isTrue();
        assertThat(heard.path("change").asInt()).isOne();
        assertThat(edited.path("change").asInt()).isOne();
        JsonNode tombstone = one(member, "removed");
        assertThat(tombstone.fieldNames())
                .toIterable()
                .containsExactly("event", "room", "seq", "id", "author", "at", "deleted", "deletedAt", "change");
        List<JsonNode> reacted = member.peer().events("reacted");
        assertThat(reacted)
                .extracting(event ->
                        event.path("on").asBoolean() + " " + event.path("count").asInt())
                .containsExactly("true 1", "false 0");
        assertThat(reacted.get(0).path("emoji").asText()).isEqualTo(THUMB);
        assertThat(reacted.get(0).path("user").path("id").asText()).isEqualTo(author.user());
    }

    @Test
    void moderatorsTombstoneSaysWhoDidIt() {
        Visitor owner = owner(Door.HTTP);
        Visitor author = joined(Door.WEBSOCKET);
        done(author, "send", fields().put("text", "a"));

        done(owner, "remove", fields().put("seq", 1));

        await().atMost(SOON).until(() -> !author.peer().events("removed").isEmpty());
        assertThat(one(author, "removed").path("by").path("id").asText()).isEqualTo(owner.user());
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whoComesBackIsToldWhatWasChangedMeanwhile(Door door) {
        Visitor owner = owner(Door.HTTP);
        for (int i = 1; i <= 4; i++) {
            post(owner, "m" + i);
        }
        done(owner, "edit", fields().put("seq", 1).put("text", "known"));
        Visitor member = come(door);
        JsonNode joined = done(member, "join", fields());
        done(member, "leave", fields());
        done(owner, "edit", fields().put("seq", 2).put("text", "a"));
        done(owner, "edit", fields().put("seq", 3).put("text", "b"));
        done(owner, "edit", fields().put("seq", 2).put("text", "c"));
        done(owner, "remove", fields().put("seq", 4));

        ObjectNode back = fields().put("changesSince", joined.path("changes").asLong());
        JsonNode again =
                done(member, "join", back.put("epoch", joined.path("epoch").asText()));

        assertThat(joined.path("changes").asInt()).isOne();
        assertThat(again.path("changes").asInt()).isEqualTo(5);
        assertThat(again.path("changesRecovered").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> !member.peer().events("removed").isEmpty());
        assertThat(member.peer().events("edited"))
                .extracting(message ->
                        message.path("seq").asInt() + message.path("text").asText())
                .containsExactly("3b", "2c");
        assertThat(one(member, "removed").path("seq").asInt()).isEqualTo(4);
        done(member, "leave", fields());
        assertThat(done(member, "join", fields("{'changesSince':6}"))
                        .path("changesRecovered")
                        .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whatWasMissedAltogetherIsToldOnceAndAsItIsNow(Door door) {
        Visitor owner = owner(Door.HTTP);
        for (int i = 1; i <= 3; i++) {
            post(owner, "m" + i);
        }
        done(owner, "edit", fields().put("seq", 1).put("text", "a"));
        done(owner, "edit", fields().put("seq", 2).put("text", "b"));
        done(owner, "remove", fields().put("seq", 3));
        Visitor member = come(door);

        JsonNode joined = done(member, "join", fields("{'since':1,'changesSince':0}"));
        post(owner, "last");

        assertThat(joined.path("recovered").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> member.peer().seqs(room).contains(4L));
        assertThat(member.peer().seqs(room)).containsExactly(2L, 3L, 4L);
        assertThat(one(member, "edited").path("seq").asInt()).isOne();
        assertThat(member.peer().events("removed")).isEmpty();
        assertThat(member.peer().events("message").get(0).path("text").asText()).isEqualTo("b");
        assertThat(member.peer().events("message").get(1).path("deleted").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void reactionsHaveCountsAndSayWhichAreOnesOwn(Door door) {
        Visitor owner = owner(Door.HTTP);
        Visitor other = come(door);
        post(owner, "a");
        done(owner, "react", fields("{'seq':1,'emoji':'+1'}"));
        done(other, "react", fields("{'seq':1,'emoji':'+1'}"));
        done(owner, "react", fields("{'seq':1,'emoji':'/?'}"));

        JsonNode seen = done(other, "reactions", fields().put("seq", 1)).path("reactions");

        assertThat(seen)
                .isEqualTo(json("[{'emoji':'+1','count':2,'mine':true},{'emoji':'/?','count':1,'mine':false}]"));
        done(owner, "remove", fields().put("seq", 1));
        assertThat(done(other, "reactions", fields().put("seq", 1)).path("reactions"))
                .isEmpty();
    }

    @Test
    void messageHasAtMostTwentyDifferentReactions() {
        Visitor owner = owner(Door.HTTP);
        post(owner, "a");
        for (int i = 1; i <= 20; i++) {
            done(owner, "react", fields().put("seq", 1).put("emoji", "e" + i));
        }

        assertThat(owner.outcome("react", fields("{'seq':1,'emoji':'e21'}"))).isEqualTo("limit_reached");
        assertThat(come(Door.HTTP).outcome("react", fields("{'seq':1,'emoji':'e20'}")))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void roomsAreReadForwardsAndTheRestIsCounted(Door door) {
        Visitor owner = owner(Door.HTTP);
        Visitor reader = come(door);
        for (int i = 1; i <= 5; i++) {
            post(owner, "m" + i);
        }

        assertThat(done(reader, "unread", fields()).path("items")).isEmpty();
        done(reader, "read", fields().put("seq", 3));
        JsonNode backwards = done(reader, "read", fields().put("seq", 2));

        assertThat(backwards.path("seq").asInt()).isEqualTo(3);
        assertThat(done(reader, "unread", fields()).path("items"))
                .isEqualTo(json("[{'room':'" + room + "','read':3,'seq':5,'unread':2}]"));
        done(owner, "ban", fields().put("user", reader.user()));
        assertThat(done(reader, "unread", fields()).path("items")).isEmpty();
        done(owner, "delete", fields());
        done(owner, "create", fields());
        assertThat(done(reader, "unread", fields()).path("items"))
                .isEqualTo(json("[{'room':'" + room + "','read':0,'seq':0,'unread':0}]"));
    }

    private Visitor owner(Door door) {
        Visitor owner = come(door);
        done(owner, "create", fields());
        if (owner.hasSocket()) {
            done(owner, "join", fields());
        }
        return owner;
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

    /** As one who need not be in the room for it: {@code send} is for connections in the room. */
    private void post(Visitor author, String text) {
        if (author.hasSocket()) {
            author.outcome("join", fields());
        }
        done(author, "send", fields().put("text", text));
    }

    private static JsonNode one(Visitor visitor, String event) {
        List<JsonNode> heard = visitor.peer().events(event);
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    private static JsonNode done(Visitor visitor, String command, ObjectNode fields) {
        JsonNode answer = visitor.say(command, fields);
        assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
        return answer;
    }

    private ObjectNode fields() {
        return Peer.fields().put("room", room);
    }

    private ObjectNode fields(String json) {
        ObjectNode given = (ObjectNode) json(json);
        return given.has("room") ? given : given.put("room", room);
    }

    private static JsonNode json(String json) {
        try {
            return TandemNode.JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
