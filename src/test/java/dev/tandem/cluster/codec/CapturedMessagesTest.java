package dev.tandem.cluster.codec;

import static dev.tandem.cluster.codec.Values.bytes;
import static dev.tandem.cluster.codec.Values.json;
import static dev.tandem.cluster.codec.Values.list;
import static dev.tandem.cluster.codec.Values.nodeBuffer;
import static dev.tandem.cluster.codec.Values.object;
import static dev.tandem.cluster.codec.Values.ordered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that what real peers published is read as what they meant, and written byte for byte as they wrote it. */
class CapturedMessagesTest {
    private static final Optional<String> ASKER = Optional.of("uid001");
    private static final Optional<String> OLDER = Optional.of("older1");
    private static final Optional<String> UNNAMED = Optional.empty();
    private static final Target TO_A = new Target(Set.of("a"), Set.of());
    private static final Target TO_NOBODY = new Target(Set.of("nobody"), Set.of());
    private static final Flags VOLATILE_UNCOMPRESSED = new Flags(true, Optional.of(false), OptionalLong.of(1500));

    static List<Arguments> broadcasts() {
        EventPacket hello = packet("/", "hello");
        return List.of(
                arguments("broadcast to all", of(packet("/", "hello", "world", 1), Target.everybody())),
                arguments("broadcast to one room", of(hello, TO_A)),
                arguments("broadcast to two rooms", of(hello, new Target(ordered("a", "b"), Set.of()))),
                arguments("broadcast except", of(hello, new Target(Set.of("a"), ordered("b", "c")))),
                arguments(
                        "broadcast with flags",
                        new Broadcast("uid001", hello, Target.everybody(), VOLATILE_UNCOMPRESSED)),
                arguments(
                        "broadcast in a namespace",
                        new Broadcast("uid002", packet("/custom", "hello"), TO_A, Flags.none())),
                arguments(
                        "broadcast binary",
                        of(packet("/", "file", bytes(0, 1, 255), object("part", bytes('x'))), Target.everybody())));
    }

    static List<Arguments> emitted() {
        EventPacket hello = packet("/", "hello");
        Target several = new Target(ordered("a", "b"), Set.of("c"));
        Flags flags = new Flags(true, Optional.of(true), OptionalLong.empty());
        return List.of(
                arguments(
                        "emitter to all", emitted(packet("/", "hello", "world", 1), Target.everybody(), Flags.none())),
                arguments("emitter to one room", emitted(hello, TO_A, Flags.none())),
                arguments("emitter with flags", emitted(hello, several, flags)),
                arguments(
                        "emitter binary",
                        emitted(packet("/custom", "file", bytes(0, 1, 255)), Target.everybody(), Flags.none())),
                arguments("broadcast to a numeric room", of(hello, new Target(Set.of("42"), Set.of()))));
    }

    static List<Arguments> requests() {
        Target fromAWithoutB = new Target(Set.of("a"), Set.of("b"));
        String socket = json(new String(Captured.get("older request to join").bytes(), StandardCharsets.UTF_8))
                .path("sid")
                .textValue();
        Flags patience = new Flags(false, Optional.empty(), OptionalLong.of(5000));
        return List.of(
                arguments("request to join", new ClusterRequest.RemoteJoin(ASKER, fromAWithoutB, ordered("c", "d"))),
                arguments("request to leave", new ClusterRequest.RemoteLeave(ASKER, TO_A, Set.of("c"))),
                arguments("request to disconnect", new ClusterRequest.RemoteDisconnect(ASKER, TO_NOBODY, true)),
                arguments(
                        "request to disconnect from the namespace",
                        new ClusterRequest.RemoteDisconnect(Optional.of("uid002"), TO_NOBODY, false)),
                arguments("request for all rooms", new ClusterRequest.AllRooms(ASKER, "uid005")),
                arguments("request for sockets", new ClusterRequest.RemoteFetch(ASKER, "uid006", fromAWithoutB)),
                arguments(
                        "server-side emit",
                        new ClusterRequest.ServerSideEmit(
                                ASKER, Optional.empty(), list("told", 1, object("picture", nodeBuffer(1, 2))))),
                arguments(
                        "server-side emit with ack",
                        new ClusterRequest.ServerSideEmit(ASKER, Optional.of("uid008"), list("ask", "why"))),
                arguments(
                        "broadcast with ack",
                        new ClusterRequest.BroadcastWithAck(
                                ASKER, "uid009", packet("/", "ask", bytes(8)), TO_A, patience)),
                arguments("emitter's request to join", new ClusterRequest.RemoteJoin(UNNAMED, TO_A, Set.of("b"))),
                arguments("emitter's request to leave", new ClusterRequest.RemoteLeave(UNNAMED, TO_A, Set.of("b"))),
                arguments(
                        "emitter's request to disconnect",
                        new ClusterRequest.RemoteDisconnect(UNNAMED, TO_NOBODY, true)),
                arguments(
                        "emitter's server-side emit",
                        new ClusterRequest.ServerSideEmit(
                                Optional.of(Broadcast.EMITTER), Optional.empty(), list("told", 1))),
                arguments("older request for socket ids", new ClusterRequest.Sockets(OLDER, "older2", Set.of("a"))),
                arguments("older request to join", new ClusterRequest.SocketJoin(OLDER, "older2", socket, "z")),
                arguments("older request to leave", new ClusterRequest.SocketLeave(OLDER, "older2", socket, "z")),
                arguments(
                        "older request to disconnect",
                        new ClusterRequest.SocketDisconnect(OLDER, "older2", socket, false)));
    }

    static List<Arguments> responses() {
        return List.of(
                arguments("response with nobody", new ClusterResponse.RemoteSockets("uid007", List.of())),
                arguments("server-side ack", new ClusterResponse.ServerSideAck("uid008", object("asked", "why"))),
                arguments("client count", new ClusterResponse.ClientCount("uid009", 1)),
                arguments(
                        "client ack",
                        new ClusterResponse.ClientAck("uid009", object("asked", bytes(8), "picture", bytes(9)))),
                arguments("response to join", new ClusterResponse.Done("older2")));
    }

    /** All but the one that is written with a null for what is not there; of most, nobody can foresee ids and times. */
    static Stream<Captured> allResponses() {
        return Captured.all().values().stream()
                .filter(captured -> captured.channel().contains("-response#"))
                .filter(captured -> !captured.name().equals("client ack of nothing"));
    }

    @ParameterizedTest
    @MethodSource({"broadcasts", "emitted"})
    void readsBroadcasts(String name, Broadcast meant) {
        assertThat(ClusterCodec.decodeBroadcast(Captured.get(name).bytes())).isEqualTo(meant);
    }

    @ParameterizedTest
    @MethodSource("broadcasts")
    void writesBroadcasts(String name, Broadcast meant) {
        assertThat(ClusterCodec.encode(meant)).isEqualTo(Captured.get(name).bytes());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsRequests(String name, ClusterRequest meant) {
        assertThat(ClusterCodec.decodeRequest(Captured.get(name).bytes())).isEqualTo(meant);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void writesRequests(String name, ClusterRequest meant) {
        assertThat(ClusterCodec.encode(meant)).isEqualTo(Captured.get(name).bytes());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void readsResponses(String name, ClusterResponse meant) {
        assertThat(ClusterCodec.decodeResponse(Captured.get(name).bytes())).isEqualTo(meant);
    }

    @ParameterizedTest
    @MethodSource("allResponses")
    void writesResponses(Captured captured) {
        ClusterResponse response = ClusterCodec.decodeResponse(captured.bytes());

        assertThat(ClusterCodec.encode(response)).isEqualTo(captured.bytes());
    }

    @Test
    void readsEveryKindOfValue() {
        Captured everything = Captured.get("broadcast everything");

        ArrayNode data =
                ClusterCodec.decodeBroadcast(everything.bytes()).packet().data();

        assertThat(json(data.toString())).isEqualTo(json(everything.json()));
        assertThat(data.get(9)).hasSize(5).allMatch(JsonNode::isBinary);
    }

    /** Numbers, texts, binary values, a long list and a long map: each in the very format that the peers choose. */
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 8, 9, 11, 12, 13})
    void writesValuesAsPeersDo(int at) {
        Captured everything = Captured.get("broadcast everything");
        JsonNode value =
                ClusterCodec.decodeBroadcast(everything.bytes()).packet().data().get(at);

        String written = HexFormat.of().formatHex(MessagePackWriter.write(value));

        assertThat(HexFormat.of().formatHex(everything.bytes())).contains(written);
    }

    @Test
    void readsSocketsOfAPeer() {
        ClusterResponse.RemoteSockets response = (ClusterResponse.RemoteSockets) ClusterCodec.decodeResponse(
                Captured.get("response with sockets").bytes());

        RemoteSocket socket = response.sockets().get(0);
        assertThat(socket.id()).isNotEmpty();
        assertThat(socket.rooms()).contains(socket.id(), "a");
        assertThat(socket.handshake().path("auth").path("token").asText()).isEqualTo("t");
        assertThat(socket.data()).isEqualTo(object("name", "ann", "picture", nodeBuffer(1, 2)));
    }

    @Test
    void readsSocketIdsAndRooms() {
        assertThat(ClusterCodec.decodeResponse(
                        Captured.get("response with socket ids").bytes()))
                .isInstanceOf(ClusterResponse.Sockets.class);
        assertThat(ClusterCodec.decodeResponse(
                        Captured.get("response with all rooms").bytes()))
                .isInstanceOfSatisfying(
                        ClusterResponse.AllRooms.class,
                        all -> assertThat(all.rooms()).contains("a", "d"));
    }

    @Test
    void readsAnAckOfNothing() {
        assertThat(ClusterCodec.decodeResponse(
                        Captured.get("client ack of nothing").bytes()))
                .isEqualTo(new ClusterResponse.ClientAck("uid010", NullNode.instance));
    }

    private static Broadcast of(EventPacket packet, Target target) {
        return new Broadcast("uid001", packet, target, Flags.none());
    }

    private static Broadcast emitted(EventPacket packet, Target target, Flags flags) {
        return new Broadcast(Broadcast.EMITTER, packet, target, flags);
    }

    private static EventPacket packet(String namespace, Object... data) {
        return new EventPacket(namespace, list(data));
    }
}
