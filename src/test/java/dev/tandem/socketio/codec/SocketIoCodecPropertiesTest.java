package dev.tandem.socketio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every packet, and for every text that only looks like one. */
class SocketIoCodecPropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Property
    void whatIsEncodedIsDecodedToTheSame(@ForAll("packets") SocketIoPacket packet) {
        EncodedPacket encoded = SocketIoCodec.encode(packet);

        PacketDecoder decoder = new PacketDecoder(new PacketLimits(1_000, 1_000_000));
        Optional<SocketIoPacket> decoded = decoder.onText(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            assertThat(decoded).isEmpty();
            decoded = decoder.onBinary(attachment);
        }

        assertThat(decoded).contains(packet);
    }

    @Property
    void whatIsMalformedFailsInOneWay(@ForAll("messages") List<Object> messages) {
        PacketDecoder decoder = new PacketDecoder(new PacketLimits(3, 100));
        try {
            for (Object message : messages) {
                if (message instanceof String text) {
                    decoder.onText(text);
                } else {
                    decoder.onBinary((byte[]) message);
                }
            }
        } catch (SocketIoParseException malformed) {
            assertThat(malformed).hasMessageMatching(".+");
        }
    }

    @Provide
    Arbitrary<SocketIoPacket> packets() {
        Arbitrary<String> namespaces =
                Arbitraries.of("/", "/admin", "/a/b", "/\u00e9", "/-", "/1", "/dynamic-101", "/[]");
        Arbitrary<Long> ackIds = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<SocketIoPacket> events = Combinators.combine(namespaces, ackIds.injectNull(0.5), names(), arguments())
                .as((namespace, ackId, name, arguments) ->
                        new SocketIoPacket.Event(namespace, optional(ackId), arguments.insert(0, name)));
        Arbitrary<SocketIoPacket> acks =
                Combinators.combine(namespaces, ackIds, arguments()).as(SocketIoPacket.Ack::new);
        Arbitrary<SocketIoPacket> disconnects = namespaces.map(SocketIoPacket.Disconnect::new);
        return Arbitraries.oneOf(events, acks, disconnects);
    }

    @Provide
    Arbitrary<List<Object>> messages() {
        Arbitrary<Object> pieces = Arbitraries.of(
                        "0",
                        "2",
                        "3",
                        "5",
                        "51-",
                        "6",
                        "62-",
                        "/a,",
                        "/",
                        "12",
                        "-",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "\"a\"",
                        ":",
                        "[\"a\"",
                        "{\"_placeholder\":true,\"num\":",
                        "0",
                        "1",
                        "true",
                        "null",
                        "1e999",
                        "\u0000",
                        "\ud83d")
                .list()
                .ofMaxSize(9)
                .map(list -> String.join("", list));
        Arbitrary<Object> packets =
                packets().map(packet -> SocketIoCodec.encode(packet).text());
        Arbitrary<Object> texts = Arbitraries.strings().ofMaxLength(30).map(text -> text);
        Arbitrary<Object> binaries =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(bytes -> bytes);
        return Arbitraries.oneOf(pieces, packets, texts, binaries).list().ofMaxSize(6);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMaxLength(10).filter(name -> !SocketIoCodec.isReserved(name));
    }

    private static Arbitrary<ArrayNode> arguments() {
        return values(3).list().ofMaxSize(4).map(list -> JSON.arrayNode().addAll(list));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10).map(JSON::textNode),
                Arbitraries.integers().map(JSON::numberNode),
                Arbitraries.of(true, false).map(JSON::booleanNode),
                Arbitraries.just(JSON.nullNode()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(10).map(JSON::binaryNode));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> arrays = values(depth - 1)
                .list()
                .ofMaxSize(3)
                .map(list -> JSON.arrayNode().addAll(list));
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values(depth - 1))
                .ofMaxSize(3)
                .map(SocketIoCodecPropertiesTest::object);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, scalars),
                net.jqwik.api.Tuple.of(1, arrays),
                net.jqwik.api.Tuple.of(1, objects));
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return JSON.objectNode().setAll(fields);
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
