package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** What holds for every batch, however broken: it comes back as it was, or fails as malformed. */
class RelayCodecPropertiesTest {
    private static final RecursiveComparisonConfiguration BUFFERS_BY_BYTES = RecursiveComparisonConfiguration.builder()
            .withEqualsForType(Buffer::equals, Buffer.class)
            .withIgnoreAllOverriddenEquals(true)
            .build();

    @Property
    void batchComesBackAsItWas(@ForAll("batches") Batch batch) {
        assertThat(RelayCodec.decode(RelayCodec.encode(batch)))
                .usingRecursiveComparison(BUFFERS_BY_BYTES)
                .isEqualTo(batch);
    }

    @Property
    void batchThatIsCutIsAShorterOneOrMalformed(
            @ForAll("batches") Batch batch, @ForAll @IntRange(max = 10_000) int at) {
        Buffer whole = RelayCodec.encode(batch);

        Buffer cut = whole.getBuffer(0, at % whole.length());

        Throwable failure =
                catchThrowable(() -> assertThat(RelayCodec.decode(cut).messages())
                        .hasSizeLessThan(batch.messages().size()));
        assertThat(failure == null || failure instanceof MalformedBatch).isTrue();
    }

    @Property
    void anyBytesAreABatchOrMalformed(@ForAll byte[] bytes) {
        assertBatchOrMalformed(Buffer.buffer(bytes));
    }

    @Property
    void anyBytesAfterAHeadAreABatchOrMalformed(@ForAll byte[] bytes) {
        assertBatchOrMalformed(RelayCodec.encode(new Batch(1, 0, List.of())).appendBytes(bytes));
    }

    private static void assertBatchOrMalformed(Buffer bytes) {
        Throwable failure = catchThrowable(() -> RelayCodec.decode(bytes));

        assertThat(failure == null || failure instanceof MalformedBatch).isTrue();
    }

    @Provide
    Arbitrary<Batch> batches() {
        Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(
                        Arbitraries.longs(), numbers, messages().list().ofMaxSize(10))
                .as(Batch::new);
    }

    private static Arbitrary<RelayMessage> messages() {
        Arbitrary<Long> id = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<String> text = Arbitraries.strings()
                .filter(each -> StandardCharsets.UTF_8.newEncoder().canEncode(each));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class);
        Arbitrary<Frame> frame = Arbitraries.oneOf(text.map(Frame::of), bytes.map(Frame::of));
        Arbitrary<Integer> small = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<PollingAnswer> answer = Combinators.combine(small, text, text).as(PollingAnswer::new);
        return Arbitraries.oneOf(
                Combinators.combine(id, text).as(RelayMessage.Poll::new),
                Combinators.combine(id, text, text).as(RelayMessage.Post::new),
                Combinators.combine(id, Arbitraries.of(RelayMessage.Body.State.class), bytes.map(Buffer::buffer))
                        .as(RelayMessage.Body::new),
                Combinators.combine(id, Arbitraries.of(true, false)).as(RelayMessage.Left::new),
                Combinators.combine(id, frame).as(RelayMessage.Said::new),
                Combinators.combine(id, Arbitraries.of(Transport.Fault.class)).as(RelayMessage.Complained::new),
                Combinators.combine(id, answer).as(RelayMessage.Answered::new),
                Combinators.combine(id.list().ofMaxSize(5), frame).as(RelayMessage.Say::new),
                Combinators.combine(id, small, text).as(RelayMessage.Close::new),
                Arbitraries.longs().map(RelayMessage.Lost::new));
    }
}
