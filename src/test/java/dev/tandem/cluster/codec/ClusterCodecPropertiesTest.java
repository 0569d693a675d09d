package dev.tandem.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * What holds for every message, however broken: it comes back as it was, or is malformed and nothing else. Edge cases of
 * whole messages are left to chance: to combine those of all their parts takes minutes.
 */
class ClusterCodecPropertiesTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void broadcastsComeBackAsTheyWere(@ForAll("broadcasts") Broadcast broadcast) {
        assertThat(ClusterCodec.decodeBroadcast(ClusterCodec.encode(broadcast))).isEqualTo(broadcast);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void requestsComeBackAsTheyWere(@ForAll("requests") ClusterRequest request) {
        assertThat(ClusterCodec.decodeRequest(ClusterCodec.encode(request))).isEqualTo(request);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void responsesComeBackAsTheyWere(@ForAll("responses") ClusterResponse response) {
        assertThat(ClusterCodec.decodeResponse(ClusterCodec.encode(response))).isEqualTo(response);
    }

    @Property
    void anyBytesAreAMessageOrMalformed(@ForAll byte[] message) {
        assertMessageOrMalformed(message);
    }

    @Property
    void anyTextCanBeWrittenAndRead(@ForAll String text) {
        byte[] message = ClusterCodec.encode(new ClusterResponse.ServerSideAck(text, TextNode.valueOf(text)));

        assertThat(ClusterCodec.decodeResponse(message)).isInstanceOf(ClusterResponse.ServerSideAck.class);
    }

    @Property
    void almostJsonIsAMessageOrMalformed(@ForAll("almostJson") String message) {
        assertMessageOrMalformed(message.getBytes(StandardCharsets.UTF_8));
    }

    /** What was captured, with a few bytes changed or its end missing. */
    @Property
    void damagedMessagesAreMessagesOrMalformed(@ForAll("damaged") byte[] message) {
        assertMessageOrMalformed(message);
    }

    @Provide
    Arbitrary<Broadcast> broadcasts() {
        return Messages.broadcasts();
    }

    @Provide
    Arbitrary<ClusterRequest> requests() {
        return Messages.requests();
    }

    @Provide
    Arbitrary<ClusterResponse> responses() {
        return Messages.responses();
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "\"type\":",
                        "\"requestId\":",
                        "\"opts\":",
                        "\"rooms\":",
                        "\"data\":",
                        "\"sockets\":",
                        "\"r\"",
                        "0",
                        "2",
                        "6",
                        "7",
                        "8",
                        "9",
                        "1e999",
                        "-",
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        "null",
                        "true",
                        "\\u12")
                .list()
                .ofMaxSize(20)
                .map(parts -> "{" + String.join("", parts) + "}");
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<byte[]> captured =
                Arbitraries.of(List.copyOf(Captured.all().values())).map(Captured::bytes);
        Arbitrary<List<Integer>> places =
                Arbitraries.integers().between(0, 1 << 20).list().ofMaxSize(3);
        return Combinators.combine(
                        captured,
                        places,
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 5))
                .as(ClusterCodecPropertiesTest::damage);
    }

    private static byte[] damage(byte[] message, List<Integer> places, byte value, int missing) {
        byte[] damaged = Arrays.copyOf(message, Math.max(1, message.length - missing));
        places.forEach(place -> damaged[place % damaged.length] = value);
        return damaged;
    }

    private static void assertMessageOrMalformed(byte[] message) {
        List<ThrowingCallable> readings = List.of(
                () -> ClusterCodec.decodeBroadcast(message),
                () -> ClusterCodec.decodeRequest(message),
                () -> ClusterCodec.decodeResponse(message));
        for (ThrowingCallable reading : readings) {
            Throwable failure = catchThrowable(reading);
            assertThat(failure == null || failure instanceof MalformedClusterMessage)
                    .as("%s", failure)
                    .isTrue();
        }
    }
}
