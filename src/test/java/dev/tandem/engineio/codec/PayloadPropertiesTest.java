package dev.tandem.engineio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every payload, however broken: it comes back as it was, or fails as malformed, and grows with its body only. */
class PayloadPropertiesTest {
    private static final int MOST_PACKETS = 20;

    @Property
    void packetsComeBackAsTheyWere(@ForAll("packets") List<EngineIoPacket> packets) {
        Payload payload = new Payload(Integer.MAX_VALUE, MOST_PACKETS);

        packets.forEach(packet -> add(payload, packet));

        assertThat(Payload.decode(bytes(payload), MOST_PACKETS))
                .usingRecursiveComparison()
                .isEqualTo(packets);
    }

    @Property
    void whatFitsStaysWithinTheBound(@ForAll("packets") List<EngineIoPacket> packets) {
        Payload payload = new Payload(64, MOST_PACKETS);
        int added = 0;
        for (EngineIoPacket packet : packets) {
            if (payload.fits(size(packet))) {
                add(payload, packet);
                added++;
            }
        }

        assertThat(added <= 1 || bytes(payload).length <= 64).isTrue();
    }

    @Property
    void anyBytesArePacketsOrMalformed(@ForAll byte[] body) {
        assertMalformedOrBounded(body);
    }

    @Property
    void anyTextIsPacketsOrMalformed(@ForAll("almostPayloads") String body) {
        assertMalformedOrBounded(body.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<EngineIoPacket>> packets() {
        Arbitrary<String> data = Arbitraries.strings()
                .excludeChars('\u001e')
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        Arbitrary<EngineIoPacket> packet = Arbitraries.oneOf(
                data.map(EngineIoPacket.Message::new),
                data.map(EngineIoPacket.Ping::new),
                data.map(EngineIoPacket.Pong::new),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(100).map(EngineIoPacket.Binary::new),
                Arbitraries.of(new EngineIoPacket.Close(), new EngineIoPacket.Noop(), new EngineIoPacket.Upgrade()));
        return packet.list().ofMinSize(1).ofMaxSize(MOST_PACKETS);
    }

    @Provide
    Arbitrary<String> almostPayloads() {
        return Arbitraries.strings().withChars("0123456b\u001eAQ=/-\u20ac").ofMaxLength(60);
    }

    private static void assertMalformedOrBounded(byte[] body) {
        Throwable failure = catchThrowable(
                () -> assertThat(Payload.decode(body, MOST_PACKETS)).hasSizeBetween(1, MOST_PACKETS));

        assertThat(failure == null || failure instanceof MalformedPacket).isTrue();
    }

    private static long size(EngineIoPacket packet) {
        return packet instanceof EngineIoPacket.Binary binary
                ? Payload.binarySize(binary.data().length)
                : EngineIoCodec.encode(packet).getBytes(StandardCharsets.UTF_8).length;
    }

    private static void add(Payload payload, EngineIoPacket packet) {
        if (packet instanceof EngineIoPacket.Binary binary) {
            payload.addBinary(binary.data());
        } else {
            payload.addText(EngineIoCodec.encode(packet), size(packet));
        }
    }

    private static byte[] bytes(Payload payload) {
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }
}
