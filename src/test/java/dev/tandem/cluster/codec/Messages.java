package dev.tandem.cluster.codec;

import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.longs;
import static net.jqwik.api.Arbitraries.oneOf;
import static net.jqwik.api.Combinators.combine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Messages of every kind with whatever they may hold. */
final class Messages {
    private Messages() {}

    static Arbitrary<Broadcast> broadcasts() {
        return combine(texts(), packets(true), targets(), flags()).as(Broadcast::new);
    }

    static Arbitrary<ClusterRequest> requests() {
        Arbitrary<Optional<String>> uid = texts().optional();
        return oneOf(List.<Arbitrary<? extends ClusterRequest>>of(
                combine(uid, texts(), rooms()).as(ClusterRequest.Sockets::new),
                combine(uid, texts()).as(ClusterRequest.AllRooms::new),
                combine(uid, targets(), rooms()).as(ClusterRequest.RemoteJoin::new),
                combine(uid, targets(), rooms()).as(ClusterRequest.RemoteLeave::new),
                combine(uid, targets(), Arbitraries.of(true, false)).as(ClusterRequest.RemoteDisconnect::new),
                combine(uid, texts(), texts(), texts()).as(ClusterRequest.SocketJoin::new),
                combine(uid, texts(), texts(), texts()).as(ClusterRequest.SocketLeave::new),
                combine(uid, texts(), texts(), Arbitraries.of(true, false)).as(ClusterRequest.SocketDisconnect::new),
                combine(uid, texts(), targets()).as(ClusterRequest.RemoteFetch::new),
                combine(uid, texts().optional(), events(false)).as(ClusterRequest.ServerSideEmit::new),
                combine(uid, texts(), packets(true), targets(), flags()).as(ClusterRequest.BroadcastWithAck::new)));
    }

    static Arbitrary<ClusterResponse> responses() {
        return oneOf(List.<Arbitrary<? extends ClusterResponse>>of(
                combine(texts(), texts().set().ofMinSize(1).ofMaxSize(4)).as(ClusterResponse.Sockets::new),
                combine(texts(), rooms()).as(ClusterResponse.AllRooms::new),
                combine(texts(), sockets().list().ofMaxSize(4)).as(ClusterResponse.RemoteSockets::new),
                texts().map(ClusterResponse.Done::new),
                combine(texts(), values(false)).as(ClusterResponse.ServerSideAck::new),
                combine(texts(), integers().greaterOrEqual(0)).as(ClusterResponse.ClientCount::new),
                combine(texts(), values(true)).as(ClusterResponse.ClientAck::new)));
    }

    /** Values that a message can hold, with or without binary ones. */
    static Arbitrary<JsonNode> values(boolean binary) {
        return Arbitraries.recursive(() -> scalars(binary), Messages::nested, 0, 2);
    }

    private static Arbitrary<EventPacket> packets(boolean binary) {
        Arbitrary<OptionalLong> id = oneOf(Arbitraries.just(OptionalLong.empty()), longs().map(OptionalLong::of));
        return combine(texts(), events(binary), id).as(EventPacket::new);
    }

    private static Arbitrary<ArrayNode> events(boolean binary) {
        return combine(texts(), values(binary).list().ofMaxSize(4))
                .as((name, arguments) ->
                        JsonNodeFactory.instance.arrayNode().add(name).addAll(arguments));
    }

    private static Arbitrary<Target> targets() {
        return combine(rooms(), rooms()).as(Target::new);
    }

    private static Arbitrary<Flags> flags() {
        Arbitrary<OptionalLong> timeout = oneOf(Arbitraries.just(OptionalLong.empty()), longs().map(OptionalLong::of));
        return combine(Arbitraries.of(true, false), Arbitraries.of(true, false).optional(), timeout)
                .as(Flags::new);
    }

    private static Arbitrary<RemoteSocket> sockets() {
        return combine(texts(), values(false), rooms(), values(false)).as(RemoteSocket::new);
    }

    private static Arbitrary<Set<String>> rooms() {
        return texts().set().ofMaxSize(4);
    }

    private static Arbitrary<JsonNode> scalars(boolean binary) {
        Arbitrary<JsonNode> plain = oneOf(
                Arbitraries.of(NullNode.instance, BooleanNode.TRUE, BooleanNode.FALSE),
                texts().map(TextNode::valueOf),
                longs().map(JavaScriptNumber::of),
                longs().map(JavaScriptNumber::ofUnsigned),
                Arbitraries.doubles().map(JavaScriptNumber::of));
        Arbitrary<JsonNode> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(BinaryNode::valueOf);
        return binary ? oneOf(plain, bytes) : plain;
    }

    private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> item) {
        Arbitrary<JsonNode> lists = item.list().ofMaxSize(17).map(Messages::list);
        return oneOf(lists, Arbitraries.maps(texts(), item).ofMaxSize(17).map(Messages::map));
    }

    private static JsonNode list(List<JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static JsonNode map(Map<String, JsonNode> fields) {
        return JsonNodeFactory.instance.objectNode().<ObjectNode>setAll(fields);
    }

    /** Halves of characters have no UTF-8. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(40)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
