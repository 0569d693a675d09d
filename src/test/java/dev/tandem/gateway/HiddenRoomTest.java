package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies that a private room of somebody else cannot be told from one that is not there: whatever is asked for, on whatever door, is
 * answered in the same way, word for word, and nothing is done.
 */
@QuarkusTest
@TestProfile(AttackTest.Profile.class)
class HiddenRoomTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "the secret of the room";
    private static final String PASSWORD = "open sesame";

    /** In what ways a room is private. */
    private static final List<String> KINDS = List.of(
            "{'private':true}", "{'private':true,'locked':true}", "{'private':true,'password':'" + PASSWORD + "'}");

    /** Every operation on a room, and what is in one; a test holds this against the description. */
    private static final List<String> OPERATIONS = List.of(
            "GET /api/rooms/{room}",
            "PATCH /api/rooms/{room} {'topic':'t'}",
            "DELETE /api/rooms/{room}",
            "GET /api/rooms/{room}/members",
            "GET /api/rooms/{room}/members?limit=1&cursor=x",
            "GET /api/rooms/{room}/roles",
            "PUT /api/rooms/{room}/roles/{user} {'role':'member'}",
            "DELETE /api/rooms/{room}/roles/{user}",
            "GET /api/rooms/{room}/bans",
            "PUT /api/rooms/{room}/bans/{user} {}",
            "DELETE /api/rooms/{room}/bans/{user}",
            "GET /api/rooms/{room}/mutes",
            "PUT /api/rooms/{room}/mutes/{user} {}",
            "DELETE /api/rooms/{room}/mutes/{user}",
            "POST /api/rooms/{room}/kicks {'user':'{user}'}",
            "POST /api/rooms/{room}/invitations {}",
            "DELETE /api/rooms/{room}/invitations",
            "POST /api/rooms/{room}/messages {'text':'hi'}",
            "POST /api/rooms/{room}/messages {'text':'hi','id':'first'}",
            "POST /api/rooms/{room}/messages {'text':'hi','replyTo':1}",
            "POST /api/rooms/{room}/messages {'text':'hi','replyTo':99}",
            "GET /api/rooms/{room}/messages",
            "GET /api/rooms/{room}/messages?after=0&reactions=true",
            "GET /api/rooms/{room}/messages?around=1",
            "GET /api/rooms/{room}/messages/{seq}",
            "GET /api/rooms/{room}/messages/99",
            "PATCH /api/rooms/{room}/messages/{seq} {'text':'hi'}",
            "PATCH /api/rooms/{room}/messages/99 {'text':'hi'}",
            "DELETE /api/rooms/{room}/messages/{seq}",
            "DELETE /api/rooms/{room}/messages/99",
            "GET /api/rooms/{room}/messages/{seq}/reactions",
            "GET /api/rooms/{room}/messages/99/reactions",
            "PUT /api/rooms/{room}/messages/{seq}/reactions/{emoji}",
            "DELETE /api/rooms/{room}/messages/{seq}/reactions/{emoji}",
            "GET /api/rooms/{room}/changes?since=0",
            "POST /api/rooms/{room}/read {'seq':1}",
            "POST /api/rooms/{room}/read {'seq':99}",
            "POST /api/rooms/{room}/events {'name':'a'}",
            "GET /api/rooms/{room}/stream",
            "GET /api/rooms/{room}/stream?since=0",
            "POST /api/broadcast {'rooms':['{room}'],'text':'hi'}",
            "POST /api/broadcast {'rooms':['{room}'],'event':{'name':'a'}}",
            "POST /api/batch {'requests':[{'method':'GET','path':'/api/rooms/{room}'},"
                    + "{'method':'GET','path':'/api/rooms/{room}/messages'},"
                    + "{'method':'POST','path':'/api/rooms/{room}/messages','body':{'text':'hi'}}]}");

    @TestHTTPResource("/")
    URI uri;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String hidden = RoomId.random().value();
    private final String missing = RoomId.random().value();
    private Visitor owner;

    @BeforeEach
    void comeAsTheOwner() {
        owner = come(Door.HTTP);
    }

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    static Stream<Arguments> kindsAndCallers() {
        return KINDS.stream()
                .flatMap(kind -> Stream.of("stranger", "nobody", "key").map(caller -> Arguments.of(kind, caller)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndCallers")
    void callsAreAnsweredAsIfItWereNotThere(String kind, String caller) {
        String before = hide(kind);
        Map<String, String> headers = switch (caller) {
            case "stranger" -> come(Door.HTTP).headers();
            case "key" -> Map.of("X-Api-Key", IdentityProfile.PUBLISHER);
            default -> Map.of();
        };

        List<String> wrong = new ArrayList<>();
        int notFound = 0;
        for (String operation : OPERATIONS) {
            String there = told(call(operation, hidden, headers));
            String none = told(call(operation, missing, headers));
            if (!there.equals(none) || there.contains(SECRET)) {
                wrong.add("%s\n  %s\n  %s".formatted(operation, there, none));
            }
            notFound += none.contains("room_not_found") ? 1 : 0;
        }

        assertThat(wrong).isEmpty();
        assertThat(notFound).isGreaterThan(OPERATIONS.size() / 2);
        assertThat(seen(owner)).isEqualTo(before);
    }

    static Stream<Arguments> kindsAndDoors() {
        return KINDS.stream()
                .flatMap(kind -> Stream.of(Door.SOCKETIO, Door.WEBSOCKET).map(door -> Arguments.of(kind, door)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndDoors")
    void commandsAreAnsweredAsIfItWereNotThere(String kind, Door door) {
        String before = hide(kind);
        Visitor stranger = come(door);
        List<ObjectNode> given = List.of(
                fields(1),
                fields(99),
                fields(1).put("password", "a guess"),
                fields(1).put("invitation", "a guess"),
                fields(1).put("id", "first"));

        List<String> wrong = new ArrayList<>();
        int notFound = 0;
        for (String command : CommandNames.names()) {
            for (ObjectNode fields : command.equals("create") ? List.<ObjectNode>of() : given) {
                String there = told(stranger.say(command, fields.deepCopy().put("room", hidden)));
                String none = told(stranger.say(command, fields.deepCopy().put("room", missing)));
                if (!there.equals(none) || there.contains(SECRET)) {
                    wrong.add("%s %s\n  %s\n  %s".formatted(command, fields, there, none));
                }
                notFound += none.contains("room_not_found") ? 1 : 0;
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(notFound).isGreaterThan(100);
        assertThat(stranger.peer().events()).extracting(Peer.Event::name).containsOnly("welcome");
        assertThat(seen(owner)).isEqualTo(before);
    }

    @Test
    void everyOperationOnARoomIsAmongTheseHere() throws IOException {
        JsonNode document = JSON.readTree(given().get("/q/openapi?format=json").asString());
        Set<String> described = new TreeSet<>();
        document.path("paths").fields().forEachRemaining(path -> {
            if (path.getKey().contains("{room}")) {
                path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
            }
        });
        described.removeIf(operation -> operation.startsWith("PARAMETERS"));

        Set<String> tried = new TreeSet<>();
        OPERATIONS.forEach(operation -> tried.add(operation.replaceAll("^(\\S+ [^ ?]+).*", "$1")));

        assertThat(described).hasSizeGreaterThan(25);
        assertThat(tried).containsAll(described);
    }

    @ParameterizedTest
    @EnumSource
    void isThereForWhoHasARole(Door door) {
        hide(KINDS.get(0));
        Visitor member = come(door);

        String before = member.outcome("room", Peer.fields().put("room", hidden));
        owner.say(
                "role",
                Peer.fields().put("room", hidden).put("user", member.user()).put("role", "member"));

        assertThat(before).isEqualTo("room_not_found");
        assertThat(member.outcome("room", Peer.fields().put("room", hidden))).isEqualTo("ok");
        if (member.hasSocket()) {
            assertThat(member.outcome("join", Peer.fields().put("room", hidden)))
                    .isEqualTo("ok");
        }
        assertThat(member.outcome("send", Peer.fields().put("room", hidden).put("text", "hi")))
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void letsInWithAnInvitationOrItsPasswordAndIsThereFromThenOn(Door door) {
        hide(KINDS.get(2));
        String invitation = owner.say("invite", Peer.fields().put("room", hidden))
                .path("token")
                .asText();

        for (ObjectNode shown : List.of(
                Peer.fields().put("invitation", invitation), Peer.fields().put("password", PASSWORD))) {
            Visitor guest = come(door);
            assertThat(guest.outcome("join", shown.put("room", hidden))).isEqualTo("ok");
            assertThat(guest.outcome("room", Peer.fields().put("room", hidden))).isEqualTo("ok");
            assertThat(guest.outcome("kick", Peer.fields().put("room", hidden).put("user", owner.user())))
                    .isEqualTo("forbidden");
            guest.say("leave", Peer.fields().put("room", hidden));
            assertThat(guest.outcome("room", Peer.fields().put("room", hidden))).isEqualTo("room_not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'private':false}", "{}"})
    void isNotHiddenOnceItIsPublic(String settings) {
        hide(KINDS.get(0));
        Visitor stranger = come(Door.HTTP);

        owner.say("update", json(settings).put("room", hidden));

        assertThat(stranger.outcome("room", Peer.fields().put("room", hidden)))
                .isEqualTo(settings.contains("private") ? "ok" : "room_not_found");
    }

    @Test
    void privateRoomThatIsNobodysIsThereForAll() {
        given().contentType(ContentType.JSON)
                .body("{\"id\":\"%s\",\"private\":true}".formatted(hidden))
                .post("/api/rooms");

        assertThat(come(Door.WEBSOCKET).outcome("join", Peer.fields().put("room", hidden)))
                .isEqualTo("ok");
        given().get("/api/rooms/{room}/messages", hidden).then().statusCode(200);
    }

    /** The owner makes the room and says something in it; how it looks then. */
    private String hide(String settings) {
        assertThat(owner.outcome("create", json(settings).put("room", hidden))).isEqualTo("ok");
        assertThat(owner.outcome(
                        "send",
                        Peer.fields().put("room", hidden).put("text", SECRET).put("id", "first")))
                .isEqualTo("ok");
        return seen(owner);
    }

    private String seen(Visitor somebody) {
        StringBuilder all = new StringBuilder();
        for (String part : List.of("", "/messages?reactions=true", "/roles", "/bans", "/mutes", "/members")) {
            Response response = given().headers(somebody.headers()).get("/api/rooms/" + hidden + part);
            assertThat(response.statusCode()).isEqualTo(200);
            all.append(response.asString()).append('\n');
        }
        return all.toString();
    }

    private Response call(String operation, String room, Map<String, String> headers) {
        String[] parts = operation.split(" ", 3);
        RequestSpecification request = given().headers(headers).urlEncodingEnabled(false);
        if (parts.length > 2) {
            request.contentType(ContentType.JSON)
                    .body(filled(parts[2].replace('\'', '"'), room).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return request.request(parts[0], filled(parts[1], room));
    }

    private String filled(String template, String room) {
        return template.replace("{room}", room)
                .replace("{user}", owner.user())
                .replace("{seq}", "1")
                .replace("{emoji}", "%F0%9F%91%8D");
    }

    /** All that can be seen of an answer, but for what differs from call to call. */
    private String told(Response response) {
        Set<String> headers = new TreeSet<>();
        for (Header header : response.headers()) {
            boolean differs = header.getName().equalsIgnoreCase("Set-Cookie");
            headers.add(header.getName() + (differs ? "" : "=" + header.getValue()));
        }
        return response.statusCode() + " " + headers + " " + unnamed(response.asString());
    }

    private String told(JsonNode answer) {
        ObjectNode told = answer.deepCopy();
        told.remove("ref");
        return unnamed(told.toString());
    }

    private String unnamed(String text) {
        return text.replace(hidden, "ROOM").replace(missing, "ROOM");
    }

    /** What all commands together want, about the message of that number. */
    private ObjectNode fields(int seq) {
        return json(
                "{'seq':%d,'text':'hi','emoji':'+1','name':'a','user':'%s','role':'member','status':'away','topic':'t'}"
                        .formatted(seq, owner.user()));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }

    private Visitor come(Door door) {
        Visitor visitor = Visitor.come(uri, door);
        visitors.add(visitor);
        return visitor;
    }
}
