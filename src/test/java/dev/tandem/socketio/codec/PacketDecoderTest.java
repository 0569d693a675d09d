package dev.tandem.socketio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies packets with attachments (protocol, "Binary event", "Binary ack") both ways, and what is malformed about them. */
class PacketDecoderTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};
    private static final byte[] NONE = {};

    private final PacketDecoder decoder = new PacketDecoder(new PacketLimits(3, 10));

    static Stream<Arguments> packets() {
        ArrayNode nested = event("hey");
        nested.addObject().put("a", 1).putArray("deep").add(ONE).add("x").add(TWO);
        nested.add(NONE);
        return Stream.of(
                Arguments.of(
                        "51-[\"hey\",{\"_placeholder\":true,\"num\":0}]",
                        List.of(ONE),
                        new SocketIoPacket.Event(
                                "/", OptionalLong.empty(), event("hey").add(ONE))),
                Arguments.of(
                        "51-/admin,12[\"hey\",{\"_placeholder\":true,\"num\":0}]",
                        List.of(ONE),
                        new SocketIoPacket.Event(
                                "/admin", OptionalLong.of(12), event("hey").add(ONE))),
                Arguments.of(
                        "53-[\"hey\",{\"a\":1,\"deep\":[{\"_placeholder\":true,\"num\":0},\"x\",{\"_placeholder\":true,\"num\":1}]},"
                                + "{\"_placeholder\":true,\"num\":2}]",
                        List.of(ONE, TWO, NONE),
                        new SocketIoPacket.Event("/", OptionalLong.empty(), nested)),
                Arguments.of(
                        "61-0[{\"_placeholder\":true,\"num\":0}]",
                        List.of(TWO),
                        new SocketIoPacket.Ack("/", 0, JSON.arrayNode().add(TWO))),
                Arguments.of(
                        "61-/admin,7[\"ok\",{\"_placeholder\":true,\"num\":0}]",
                        List.of(ONE),
                        new SocketIoPacket.Ack("/admin", 7, event("ok").add(ONE))));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isThereWithTheLastAttachment(String text, List<byte[]> attachments, SocketIoPacket packet) {
        Optional<SocketIoPacket> made = decoder.onText(text);
        for (byte[] attachment : attachments) {
            assertThat(made).isEmpty();
            made = decoder.onBinary(attachment);
        }

        assertThat(made).contains(packet);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void isEncodedAsTextAndAttachmentsInTheirOrder(String text, List<byte[]> attachments, SocketIoPacket packet) {
        String before = packet.toString();

        EncodedPacket encoded = SocketIoCodec.encode(packet);

        assertThat(encoded.text()).isEqualTo(text);
        assertThat(encoded.attachments()).containsExactlyElementsOf(attachments);
        assertThat(packet).hasToString(before);
    }

    @Test
    void attachmentsMayStandInAnyOrder() {
        decoder.onText("52-[\"a\",{\"_placeholder\":true,\"num\":1},{\"num\":0,\"_placeholder\":true}]");
        decoder.onBinary(ONE);

        assertThat(decoder.onBinary(TWO))
                .contains(new SocketIoPacket.Event(
                        "/", OptionalLong.empty(), event("a").add(TWO).add(ONE)));
    }

    @Test
    void binaryPacketWithoutAttachmentsIsThereAtOnce() {
        assertThat(decoder.onText("50-[\"a\",1]"))
                .contains(new SocketIoPacket.Event(
                        "/", OptionalLong.empty(), event("a").add(1)));
    }

    @Test
    void placeholderInAPlainEventIsAnOrdinaryObject() {
        ArrayNode data = event("a");
        data.addObject().put("_placeholder", true).put("num", 0);

        assertThat(decoder.onText("2[\"a\",{\"_placeholder\":true,\"num\":0}]"))
                .contains(new SocketIoPacket.Event("/", OptionalLong.empty(), data));
    }

    @Test
    void placeholderThatIsNotMarkedTrueIsAnOrdinaryObject() {
        assertThat(decoder.onText("50-[\"a\",{\"_placeholder\":false,\"num\":0},{\"_placeholder\":\"true\"}]"))
                .isPresent();
    }

    @Test
    void nextPacketFollowsTheLastAttachment() {
        decoder.onText("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");
        decoder.onBinary(ONE);

        assertThat(decoder.onText("2[\"b\"]"))
                .contains(new SocketIoPacket.Event("/", OptionalLong.empty(), event("b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "6",
                "5-[\"a\"]",
                "51",
                "51[\"a\"]",
                "5x-[\"a\"]",
                "5-1-[\"a\"]",
                "51.5-[\"a\"]",
                "5 1-[\"a\"]",
                "51-",
                "51-{}",
                "51-[]",
                "51-[{}]",
                "51-[\"a\"]",
                "51-[\"a\",{\"num\":0}]",
                "51-[\"connect\"]",
                "51-[\"a\",{\"_placeholder\":true}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "51-[\"a\",{\"_placeholder\":true,\"num\":4294967296}]",
                "52-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                "50-[\"a\",{\"_placeholder\":true,\"num\":0}]",
                "54-[\"a\"]",
                "5999999999999999999999-[\"a\"]",
                "61-[{\"_placeholder\":true,\"num\":0}]",
                "61-1{}",
                "61-/admin,[\"a\"]"
            })
    void refusesMalformedTexts(String text) {
        assertThatThrownBy(() -> decoder.onText(text)).isInstanceOf(SocketIoParseException.class);
    }

    @Test
    void refusesAnAttachmentThatNobodyAwaits() {
        assertThatThrownBy(() -> decoder.onBinary(ONE)).isInstanceOf(SocketIoParseException.class);
    }

    @Test
    void refusesATextWhileAttachmentsAreAwaited() {
        decoder.onText("51-[\"a\",{\"_placeholder\":true,\"num\":0}]");

        assertThatThrownBy(() -> decoder.onText("2[\"b\"]")).isInstanceOf(SocketIoParseException.class);
    }

    @Test
    void refusesMoreBytesThanOnePacketMayHave() {
        decoder.onText("52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        decoder.onBinary(new byte[6]);

        assertThatThrownBy(() -> decoder.onBinary(new byte[5])).isInstanceOf(SocketIoParseException.class);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        String deep = "[".repeat(250) + "]".repeat(250);

        assertThatThrownBy(() -> decoder.onText("2[\"a\"," + deep + "]")).isInstanceOf(SocketIoParseException.class);
    }

    private static ArrayNode event(String name) {
        return JSON.arrayNode().add(name);
    }

    @Test
    void binaryNodesAreEqualByContent() {
        assertThat(BinaryNode.valueOf(new byte[] {1})).isEqualTo(BinaryNode.valueOf(ONE));
    }
}
