package dev.tandem.socketio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the text form of Socket.IO packets both ways, and that whatever is wrong is one kind of failure. */
class SocketIoCodecTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Packets whose text is the one that they are encoded to. */
    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of("0", new SocketIoPacket.Connect("/", MissingNode.getInstance())),
                Arguments.of("0{}", new SocketIoPacket.Connect("/", json("{}"))),
                Arguments.of("0{\"token\":\"t\"}", new SocketIoPacket.Connect("/", json("{\"token\":\"t\"}"))),
                Arguments.of("0/admin,", new SocketIoPacket.Connect("/admin", MissingNode.getInstance())),
                Arguments.of("0/admin,{\"a\":1}", new SocketIoPacket.Connect("/admin", json("{\"a\":1}"))),
                Arguments.of("1", new SocketIoPacket.Disconnect("/")),
                Arguments.of("1/admin,", new SocketIoPacket.Disconnect("/admin")),
                Arguments.of("2[\"hey\"]", event("/", OptionalLong.empty(), "[\"hey\"]")),
                Arguments.of(
                        "2[\"hey\",{\"a\":[1,null]}]", event("/", OptionalLong.empty(), "[\"hey\",{\"a\":[1,null]}]")),
                Arguments.of("20[\"hey\"]", event("/", OptionalLong.of(0), "[\"hey\"]")),
                Arguments.of("212[\"hey\"]", event("/", OptionalLong.of(12), "[\"hey\"]")),
                Arguments.of(
                        "2/admin,456[\"hey\",\"\u00e9\"]",
                        event("/admin", OptionalLong.of(456), "[\"hey\",\"\u00e9\"]")),
                Arguments.of("2/a/b,[\"hey\"]", event("/a/b", OptionalLong.empty(), "[\"hey\"]")),
                Arguments.of("2[5,\"a\"]", event("/", OptionalLong.empty(), "[5,\"a\"]")),
                Arguments.of("2[\"\"]", event("/", OptionalLong.empty(), "[\"\"]")),
                Arguments.of("29223372036854775807[\"hey\"]", event("/", OptionalLong.of(Long.MAX_VALUE), "[\"hey\"]")),
                Arguments.of("30[]", new SocketIoPacket.Ack("/", 0, array("[]"))),
                Arguments.of(
                        "3/admin,456[{\"ok\":true}]", new SocketIoPacket.Ack("/admin", 456, array("[{\"ok\":true}]"))));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void decodesPackets(String text, SocketIoPacket packet) {
        assertThat(SocketIoCodec.decode(text)).isEqualTo(packet);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void encodesPackets(String text, SocketIoPacket packet) {
        assertThat(SocketIoCodec.encode(packet)).isEqualTo(new EncodedPacket(text, List.of()));
    }

    /** Texts that mean a packet which would be written in another way. */
    static Stream<Arguments> otherForms() {
        return Stream.of(
                Arguments.of("0/admin", new SocketIoPacket.Connect("/admin", MissingNode.getInstance())),
                Arguments.of("0/,{}", new SocketIoPacket.Connect("/", json("{}"))),
                Arguments.of("0/admin?token=a,", new SocketIoPacket.Connect("/admin", MissingNode.getInstance())),
                Arguments.of("0/?token=a,{}", new SocketIoPacket.Connect("/", json("{}"))),
                Arguments.of("1/admin", new SocketIoPacket.Disconnect("/admin")),
                Arguments.of("2 [ \"hey\" ] ", event("/", OptionalLong.empty(), "[\"hey\"]")),
                Arguments.of("2007[\"hey\"]", event("/", OptionalLong.of(7), "[\"hey\"]")),
                Arguments.of("2[\"h\\u0065y\"]", event("/", OptionalLong.empty(), "[\"hey\"]")));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void understandsWhatItWouldWriteInAnotherWay(String text, SocketIoPacket packet) {
        assertThat(SocketIoCodec.decode(text)).isEqualTo(packet);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                        kind("no packet", "", " ", "\u0000", "x", "{}", "[]", "-1", " 2[\"a\"]"),
                        kind("unknown type", "7", "8", "9[\"a\"]", "\u0662[\"a\"]", "/admin,"),
                        kind("a client does not refuse", "4", "4{\"message\":\"no\"}", "4/admin,\"no\""),
                        kind("binary", "51-[\"a\",{\"_placeholder\":true,\"num\":0}]", "61-0[{}]", "5", "6"),
                        kind("CONNECT without object", "0[]", "0\"a\"", "0null", "0true", "0/admin,[]"),
                        kind("DISCONNECT with payload", "1{}", "1[]", "1null", "1/admin,1.5", "1\"bye\""),
                        kind(
                                "EVENT without array",
                                "2",
                                "2{}",
                                "2\"a\"",
                                "2null",
                                "25",
                                "2/admin,",
                                "2/admin",
                                "2true"),
                        kind("EVENT without name", "2[]", "2[null]", "2[{}]", "2[[]]", "2[true]", "2/admin,[]"),
                        kind("ACK without number", "3[]", "3", "3/admin,[]", "3[\"a\"]"),
                        kind("ACK without array", "31", "31{}", "31null", "31\"a\"", "3/admin,1"),
                        kind(
                                "payload is no JSON",
                                "2[",
                                "2[\"a\"",
                                "2[\"a\",]",
                                "2[\"a\" 1]",
                                "2['a']",
                                "2[\"a]",
                                "2[\"a\\x\"]"),
                        kind("blank payload", "0 ", "1 ", "0/admin,\n", "1/admin,\t"),
                        kind("more after the payload", "2[\"a\"]]", "2[\"a\"][]", "2[\"a\"]x", "0{}{}", "31[]1"),
                        kind("control character in a text", "2[\"a\u0000b\"]", "2[\"a\nb\"]"),
                        kind("not a number in JSON", "2[\"a\",NaN]", "2[\"a\",01]", "2[\"a\",+1]", "2[\"a\",.5]"),
                        kind("ack number too large", "29223372036854775808[\"a\"]", "2" + "9".repeat(100) + "[\"a\"]"),
                        kind("ack number in other digits", "2\u0663[\"a\"]", "31\u0663[]", "2\uff11[\"a\"]"),
                        kind("ack number with a sign", "2-1[\"a\"]", "2+1[\"a\"]", "3-1[]"),
                        kind("too deep", "2[\"a\"," + "[".repeat(100_000), "2" + "[".repeat(2_000) + "]".repeat(2_000)),
                        kind("number too long", "2[\"a\"," + "9".repeat(5_000) + "]"))
                .flatMap(kind -> kind);
    }

    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("malformed")
    void refusesWhatIsMalformed(String kind, String text) {
        assertThatThrownBy(() -> SocketIoCodec.decode(text)).as(kind).isInstanceOf(SocketIoParseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesEventsThatOnlyTheLibraryMayEmit(String name) {
        assertThatThrownBy(() -> SocketIoCodec.decode("2[\"" + name + "\"]"))
                .isInstanceOf(SocketIoParseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connect", "error", "connection", "disconnect ", "message", "__proto__", "5"})
    void takesEveryOtherName(String name) {
        SocketIoPacket packet = SocketIoCodec.decode("2[\"" + name + "\"]");

        assertThat(packet)
                .isInstanceOfSatisfying(
                        SocketIoPacket.Event.class,
                        event -> assertThat(event.name()).isEqualTo(name));
    }

    @Test
    void encodesRefusals() {
        SocketIoPacket refusal = new SocketIoPacket.ConnectError("/admin", json("{\"message\":\"Invalid namespace\"}"));

        assertThat(SocketIoCodec.encode(refusal).text()).isEqualTo("4/admin,{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void putsJsonThatIsReadyIntoEventsAndAcks() {
        assertThat(SocketIoCodec.eventHead("/", "message") + "{\"a\":1}" + SocketIoCodec.EVENT_END)
                .isEqualTo("2[\"message\",{\"a\":1}]");
        assertThat(SocketIoCodec.eventHead("/rooms", "message") + "{}" + SocketIoCodec.EVENT_END)
                .isEqualTo("2/rooms,[\"message\",{}]");
        assertThat(SocketIoCodec.eventHead("/", "message") + "{}" + SocketIoCodec.eventEnd("e1:7:lobby"))
                .isEqualTo("2[\"message\",{},\"e1:7:lobby\"]");
        assertThat(SocketIoCodec.ack("/", 7, "[{}]")).isEqualTo("37[{}]");
        assertThat(SocketIoCodec.ack("/rooms", 0, "[]")).isEqualTo("3/rooms,0[]");
    }

    @Test
    void failsInOneWayOnlyWhateverTheGarbage() {
        Random random = new Random(20_260_102);
        for (int i = 0; i < 100_000; i++) {
            String garbage = garbage(random);

            Throwable failure = catchThrowable(() -> SocketIoCodec.decode(garbage));

            if (failure != null) {
                assertThat(failure).as(garbage).isInstanceOf(SocketIoParseException.class);
            }
        }
    }

    @Test
    void readsWhatItWroteWhereverGarbageHappensToBeAPacket() {
        Random random = new Random(20_260_103);
        int packets = 0;
        for (int i = 0; i < 100_000; i++) {
            String garbage = garbage(random);
            SocketIoPacket packet = decodeOrNull(garbage);
            if (packet != null) {
                packets++;
                assertThat(SocketIoCodec.decode(SocketIoCodec.encode(packet).text()))
                        .as(garbage)
                        .isEqualTo(packet);
            }
        }
        assertThat(packets).isGreaterThan(1_000);
    }

    /** Mostly pieces of packets in a wrong order, sometimes any characters. */
    private static String garbage(Random random) {
        List<String> pieces = List.of(
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "7",
                "/",
                "/a",
                ",",
                "/a,",
                "?",
                "[",
                "]",
                "{",
                "}",
                "[\"a\"",
                "[\"a\"]",
                "{\"a\":1}",
                "\"",
                ":",
                "-",
                " ",
                "12",
                "null",
                "true",
                "1.5",
                "\\",
                "\u0000",
                "\u0663",
                "\u202e",
                "\ud83d");
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(7); left > 0; left--) {
            text.append(
                    random.nextInt(20) == 0
                            ? String.valueOf((char) random.nextInt(0x10000))
                            : pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static SocketIoPacket decodeOrNull(String text) {
        try {
            return SocketIoCodec.decode(text);
        } catch (SocketIoParseException malformed) {
            return null;
        }
    }

    private static Stream<Arguments> kind(String name, String... texts) {
        return Stream.of(texts).map(text -> Arguments.of(name, text));
    }

    private static SocketIoPacket.Event event(String namespace, OptionalLong ackId, String data) {
        return new SocketIoPacket.Event(namespace, ackId, array(data));
    }

    private static ArrayNode array(String json) {
        return (ArrayNode) json(json);
    }

    private static JsonNode json(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
