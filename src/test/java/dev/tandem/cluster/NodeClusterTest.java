package dev.tandem.cluster;

import static dev.tandem.node.JsPeer.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.JsPeer;
import dev.tandem.socketio.Incomplete;
import dev.tandem.socketio.Namespace;
import dev.tandem.socketio.RemoteSocket;
import dev.tandem.socketio.SocketIoServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Verifies that this node, a Node.js server with the Redis adapter, and an emitter are one cluster: each reaches the clients of the
 * others. A client {@code here} is connected to this node, one {@code there} to the Node.js server.
 */
@QuarkusTest
@TestProfile(ClusterProfile.class)
class NodeClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] BYTES = {0, 1, -1};

    private static JsPeer there;
    private static JsPeer clients;
    private static JsPeer emitter;
    private static int port;

    @Inject
    SocketIoServer server;

    @TestHTTPResource("/")
    URI here;

    @ConfigProperty(name = "tandem.redis.url")
    String redis;

    private final String room = "room-" + UUID.randomUUID();
    private Namespace namespace;
    private int told;

    @BeforeEach
    void connect() {
        startPeers();
        namespace = server.of("/");
        await().atMost(PATIENCE).until(() -> done(namespace.adapter().serverCount()) == 2);
        told = clients.events().size();
        connect("here", here.toString());
        connect("there", "http://127.0.0.1:" + port + "/");
    }

    @AfterEach
    void disconnect() {
        clients.call("close", fields().put("socket", "here"));
        clients.call("close", fields().put("socket", "there"));
        await().atMost(PATIENCE)
                .until(() -> there.call("fetchSockets", fields()).isEmpty());
    }

    @AfterAll
    static void stopPeers() {
        for (JsPeer peer : new JsPeer[] {there, clients, emitter}) {
            if (peer != null) {
                peer.close();
            }
        }
    }

    @Test
    void broadcastFromHereReachesAllOnce() {
        namespace.emit("hello", 1, BYTES, List.of("x"));
        namespace.emit("last");

        awaitAt("here", "last");
        awaitAt("there", "last");
        for (String socket : List.of("here", "there")) {
            assertThat(received(socket, "hello")).hasSize(1);
            JsonNode arguments = received(socket, "hello").get(0);
            assertThat(arguments.get(0).asInt()).isEqualTo(1);
            assertThat(arguments.get(1)).isEqualTo(BinaryNode.valueOf(BYTES));
            assertThat(arguments.get(2).get(0).asText()).isEqualTo("x");
        }
    }

    @Test
    void broadcastFromThereReachesAllOnce() {
        there.call("emit", fields("{'args': ['hello', 1, {'$bin': 'AAH/'}, ['x']]}"));
        there.call("emit", fields("{'args': ['last']}"));

        awaitAt("here", "last");
        awaitAt("there", "last");
        for (String socket : List.of("here", "there")) {
            assertThat(received(socket, "hello")).hasSize(1);
            assertThat(received(socket, "hello").get(0).get(1)).isEqualTo(BinaryNode.valueOf(BYTES));
        }
    }

    @Test
    void roomsAndExceptionsHoldFromHere() {
        joinBoth();
        namespace.to(room).emit("to one room");
        namespace.to(room, "nowhere").emit("to two rooms");
        namespace.to(room).except(id("there")).emit("except");
        namespace.except(room).emit("to nobody");
        namespace.local().emit("local");
        namespace.emit("last");

        awaitAt("here", "last");
        awaitAt("there", "last");
        assertThat(names("here")).containsExactly("auth", "to one room", "to two rooms", "except", "local", "last");
        assertThat(names("there")).containsExactly("auth", "to one room", "to two rooms", "last");
    }

    @Test
    void roomsAndExceptionsHoldFromThere() {
        joinBoth();
        emit(there, "{'rooms': ['%s'], 'args': ['to one room']}", room);
        emit(there, "{'rooms': ['%s', 'nowhere'], 'args': ['to two rooms']}", room);
        emit(there, "{'rooms': ['%s'], 'except': ['" + id("here") + "'], 'args': ['except']}", room);
        emit(there, "{'except': ['%s'], 'args': ['to nobody']}", room);
        emit(there, "{'flags': {'local': true}, 'args': ['local']}");
        emit(there, "{'flags': {'volatile': true, 'compress': true}, 'args': ['volatile']}");
        emit(there, "{'args': ['last']}");

        awaitAt("here", "last");
        awaitAt("there", "last");
        assertThat(names("here")).containsExactly("auth", "to one room", "to two rooms", "volatile", "last");
        assertThat(names("there")).contains("to one room", "to two rooms", "except", "local", "last");
    }

    @Test
    void volatileBroadcastFromHereArrivesThere() {
        namespace.asVolatile().emit("maybe");

        awaitAt("there", "maybe");
    }

    @Test
    void namespacesAreApart() {
        server.of("/custom").emit("custom");
        emit(there, "{'nsp': '/custom', 'args': ['custom']}");
        namespace.emit("last");
        emit(there, "{'args': ['last of there']}");

        awaitAt("there", "last");
        awaitAt("here", "last of there");
        assertThat(names("here")).doesNotContain("custom");
        assertThat(names("there")).doesNotContain("custom");
    }

    @Test
    void emitterReachesClientsHere() {
        joinBoth();
        emit(emitter, "{'rooms': ['%s'], 'args': ['one', {'$bin': 'AAH/'}]}", room);
        emit(emitter, "{'rooms': ['%s', 'x'], 'except': ['" + id("here") + "'], 'args': ['except']}", room);
        emit(emitter, "{'args': ['last']}");

        awaitAt("here", "last");
        awaitAt("there", "last");
        assertThat(names("here")).containsExactly("auth", "one", "last");
        assertThat(received("here", "one").get(0).get(0)).isEqualTo(BinaryNode.valueOf(BYTES));
        assertThat(names("there")).containsExactly("auth", "one", "except", "last");
    }

    @Test
    void emitterMovesAndDisconnectsSocketsHere() {
        ObjectNode join = fields("{'rooms': ['%s'], 'join': ['%s']}".formatted(id("here"), room));
        emitter.call("socketsJoin", join);
        emit(emitter, "{'rooms': ['%s'], 'args': ['joined it']}", room);
        awaitAt("here", "joined it");

        emitter.call("socketsLeave", fields("{'rooms': ['%s'], 'leave': ['%s']}".formatted(room, room)));
        await().atMost(PATIENCE).until(() -> ids(room).isEmpty());

        emitter.call("disconnectSockets", fields("{'rooms': ['%s'], 'close': true}".formatted(id("here"))));
        await().atMost(PATIENCE).until(() -> has("here", "disconnect"));
    }

    @Test
    void emitterTellsThisServer() {
        List<JsonNode> heard = new CopyOnWriteArrayList<>();
        namespace.on("from the emitter", event -> {
            heard.add(event.argument(0));
            return null;
        });

        emitter.call("serverSideEmit", fields("{'args': ['from the emitter', 7]}"));

        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(heard.get(0).asInt()).isEqualTo(7);
    }

    @Test
    void socketsAreFetchedFromHere() {
        joinBoth();
        emitToServer("there", "set-data", "{'name': 'ann'}");

        List<RemoteSocket> sockets = done(namespace.in(room).fetchSockets());

        assertThat(sockets).extracting(RemoteSocket::id).containsExactlyInAnyOrder(id("here"), id("there"));
        RemoteSocket remote = sockets.stream()
                .filter(socket -> socket.id().equals(id("there")))
                .findFirst()
                .orElseThrow();
        assertThat(remote.data().path("name").asText()).isEqualTo("ann");
        assertThat(remote.rooms()).containsExactlyInAnyOrder(id("there"), room);
        assertThat(remote.handshake().has("headers")).isTrue();
    }

    @Test
    void socketsAreFetchedFromThere() {
        joinBoth();

        JsonNode sockets = there.call("fetchSockets", fields("{'rooms': ['%s']}".formatted(room)));

        assertThat(sockets.findValuesAsText("id")).contains(id("here"), id("there"));
        assertThat(sockets).hasSize(2);
    }

    @Test
    void roomsAreKnownOnBothSides() {
        joinBoth();
        namespace.in(id("here")).socketsJoin(room + "-here");
        there.call("socketsJoin", fields("{'rooms': ['%s'], 'join': ['%s-there']}".formatted(id("there"), room)));
        await().until(() -> done(namespace.adapter().rooms()).items().contains(room + "-there"));

        List<String> all = done(namespace.adapter().rooms()).items();

        assertThat(all)
                .contains(room, room + "-here", room + "-there", id("here"), id("there"))
                .doesNotHaveDuplicates();
        assertThat(texts(there.call("allRooms", fields()))).containsExactlyInAnyOrderElementsOf(all);
        assertThat(done(namespace.adapter().sockets(Set.of(room))).items())
                .containsExactlyInAnyOrder(id("here"), id("there"));
        assertThat(there.call("serverCount", fields()).asInt()).isEqualTo(2);
    }

    @Test
    void socketsMoveByOrderFromThere() {
        there.call("socketsJoin", fields("{'rooms': ['%s'], 'join': ['%s']}".formatted(id("here"), room)));
        emit(there, "{'rooms': ['%s'], 'args': ['joined it']}", room);
        awaitAt("here", "joined it");

        there.call("socketsLeave", fields("{'rooms': ['%s'], 'leave': ['%s']}".formatted(room, room)));
        await().atMost(PATIENCE).until(() -> ids(room).isEmpty());
    }

    @Test
    void socketsAreDisconnectedByOrderOfTheOtherSide() {
        namespace.in(id("there")).disconnectSockets(true);
        there.call("disconnectSockets", fields("{'rooms': ['%s'], 'close': false}".formatted(id("here"))));

        await().atMost(PATIENCE).until(() -> has("here", "disconnect") && has("there", "disconnect"));
    }

    @Test
    void serversTellEachOther() {
        there.call("onServerSideEmit", fields("{'name': 'question of here', 'answer': {'because': [1]}}"));
        namespace.on("question of there", event -> {
            event.ack(event.argument(0).asInt() + 1);
            return null;
        });

        List<JsonNode> answers = done(namespace.serverSideEmitWithAck("question of here", "why"));
        JsonNode answersThere = there.call("serverSideEmitWithAck", fields("{'args': ['question of there', 7]}"));
        namespace.serverSideEmit("question of here", "no answer");

        assertThat(answers).containsExactly(fields("{'because': [1]}"));
        assertThat(answersThere).isEqualTo(fields("{'responses': [8]}"));
        await().atMost(PATIENCE).until(() -> there.events("server-side").size() == 2);
    }

    @Test
    void clientsOnBothSidesAckWhatIsEmittedHere() {
        List<JsonNode> acks = done(namespace.timeout(PATIENCE).emitWithAck("question", BYTES));

        assertThat(acks).containsExactly(BinaryNode.valueOf(BYTES), BinaryNode.valueOf(BYTES));
        joinBoth();
        assertThat(done(namespace.to(room).timeout(PATIENCE).emitWithAck("question", 7)))
                .extracting(JsonNode::asInt)
                .containsExactly(7, 7);
    }

    @Test
    void clientsOnBothSidesAckWhatIsEmittedThere() {
        JsonNode acks = there.call(
                "emitWithAck", fields("{'flags': {'timeout': 15000}, 'args': ['question', {'$bin': 'AAH/'}]}"));

        assertThat(acks.path("responses")).hasSize(2).containsOnly(BinaryNode.valueOf(BYTES));
        JsonNode one = there.call(
                "emitToRemoteWithAck", fields("{'sid': '%s', 'args': ['question', 7]}".formatted(id("here"))));
        assertThat(one.asInt()).isEqualTo(7);
    }

    @Test
    void oneSocketThereAcks() {
        RemoteSocket remote = done(namespace.in(id("there")).fetchSockets()).get(0);

        assertThat(done(remote.emitWithAck("question", 7)).get(0).asInt()).isEqualTo(7);
    }

    @Test
    void clientThatIsSilentIsMissingInTime() {
        clients.call("close", fields().put("socket", "there"));
        connect("there", "http://127.0.0.1:" + port + "/", fields("{'silence': {'$undefined': true}}"));
        await().atMost(PATIENCE).until(() -> done(namespace.fetchSockets()).size() == 2);

        assertThatThrownBy(() -> done(namespace.timeout(Duration.ofSeconds(2)).emitWithAck("silence", 7)))
                .isInstanceOfSatisfying(Incomplete.class, incomplete -> {
                    assertThat(incomplete.missing()).isEqualTo(1);
                    assertThat(incomplete.received()).hasSize(1);
                });
    }

    private void startPeers() {
        if (emitter != null) {
            return;
        }
        there = JsPeer.start("server.js");
        ObjectNode listen = fields("{'namespaces': ['/', '/custom']}").put("redis", redis);
        port = there.call("listen", listen).path("port").asInt();
        clients = JsPeer.start("client.js");
        emitter = JsPeer.start("emitter.js");
        emitter.call("connect", fields().put("redis", redis));
    }

    private void connect(String socket, String url) {
        connect(socket, url, fields());
    }

    private void connect(String socket, String url, ObjectNode answers) {
        int before = clients.events("connect").size();
        ObjectNode command = fields().put("socket", socket).put("url", url);
        command.set("answers", answers);
        clients.call("connect", command);
        await().atMost(PATIENCE).until(() -> clients.events("connect").size() > before);
        awaitAt(socket, "auth");
    }

    /** Both clients enter the test's room. */
    private void joinBoth() {
        done(namespace.in(id("here"), id("there")).socketsJoin(room));
        await().atMost(PATIENCE).until(() -> ids(room).size() == 2);
    }

    private List<String> ids(String ofRoom) {
        return texts(there.call("fetchSockets", fields("{'rooms': ['%s']}".formatted(ofRoom))));
    }

    private String id(String socket) {
        return clients.call("state", fields().put("socket", socket)).path("id").asText();
    }

    private static void emit(JsPeer peer, String command, String... values) {
        peer.call("emit", fields(command.formatted((Object[]) values)));
    }

    private void emitToServer(String socket, String event, String argument) {
        ObjectNode command = fields().put("socket", socket).put("ack", true);
        command.putArray("args").add(event).add(fields(argument));
        clients.call("emit", command);
    }

    private void awaitAt(String socket, String event) {
        await(socket + " gets " + event)
                .atMost(PATIENCE)
                .until(() -> !received(socket, event).isEmpty());
    }

    /** The arguments of the events of that name that the socket got during this test. */
    private List<JsonNode> received(String socket, String name) {
        return events(socket, "received").stream()
                .filter(event -> event.path("name").asText().equals(name))
                .map(event -> event.path("args"))
                .toList();
    }

    private List<String> names(String socket) {
        return events(socket, "received").stream()
                .map(event -> event.path("name").asText())
                .toList();
    }

    private boolean has(String socket, String event) {
        return !events(socket, event).isEmpty();
    }

    private List<JsonNode> events(String socket, String event) {
        List<JsonNode> all = clients.events();
        return all.subList(told, all.size()).stream()
                .filter(each -> each.path("event").asText().equals(event)
                        && each.path("socket").asText().equals(socket))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
