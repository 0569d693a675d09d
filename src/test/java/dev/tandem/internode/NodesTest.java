package dev.tandem.internode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.NodeId;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.Subscription;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies, against a real Redis, that every request to a node ends, and how. */
@QuarkusTest
class NodesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final NodeId NOBODY = new NodeId("nobody");
    private static final NodeId SILENT = new NodeId("silent");

    @Inject
    Nodes nodes;

    @Inject
    NodeId self;

    @Inject
    PubSub pubSub;

    @Test
    void requestIsAnswered() {
        nodes.onAsk(
                "echo",
                (from, body) -> Uni.createFrom().item(Buffer.buffer(from + " ").appendBuffer(body)));

        assertThat(ask(self, "echo", LONG)).hasToString(self + " hello");
    }

    @Test
    void refusalIsTheAnswersFailure() {
        nodes.onAsk(
                "refuse", (from, body) -> Uni.createFrom().failure(new TandemException(ErrorCode.FORBIDDEN, "No.")));

        assertThatThrownBy(() -> ask(self, "refuse", LONG)).hasMessage("No.").satisfies(code(ErrorCode.FORBIDDEN));
    }

    @Test
    void requestThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> ask(self, "unknown", LONG)).satisfies(code(ErrorCode.INVALID_COMMAND));
    }

    @Test
    void requestToNobodyFailsAtOnce() {
        assertThatThrownBy(() -> ask(NOBODY, "echo", LONG)).isInstanceOf(NodeGone.class);
    }

    @Test
    void requestToANodeThatSaysNothingEndsInTime() {
        Subscription silent = silentNode();

        assertThatThrownBy(() -> ask(SILENT, "echo", Duration.ofMillis(200)))
                .satisfies(code(ErrorCode.OUTCOME_UNKNOWN));

        silent.close();
    }

    @Test
    void requestToANodeThatGoesEndsLongBeforeItsTime() {
        Subscription silent = silentNode();
        Uni<Buffer> asked = nodes.ask(SILENT, "echo", Buffer.buffer("hello"), Duration.ofHours(1))
                .memoize()
                .indefinitely();
        asked.subscribe().with(answer -> {}, failure -> {});

        silent.close();

        assertThatThrownBy(() -> asked.await().atMost(LONG)).isInstanceOf(NodeGone.class);
    }

    @Test
    void whatIsToldArrivesInOrder() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        nodes.onTell("count", (from, body) -> heard.add(body.getInt(0)));

        IntStream.range(0, 500)
                .forEach(i -> nodes.tell(self, "count", Buffer.buffer().appendInt(i))
                        .subscribe()
                        .with(told -> {}));

        await().untilAsserted(() -> assertThat(heard)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList()));
    }

    @Test
    void nothingCanBeToldToNobody() {
        assertThatThrownBy(() ->
                        nodes.tell(NOBODY, "count", Buffer.buffer()).await().atMost(LONG))
                .isInstanceOf(NodeGone.class);
    }

    private Subscription silentNode() {
        return pubSub.subscribe("tandem:node:" + SILENT, (channel, payload) -> {})
                .await()
                .atMost(LONG);
    }

    private Buffer ask(NodeId node, String subject, Duration limit) {
        return nodes.ask(node, subject, Buffer.buffer("hello"), limit).await().atMost(LONG);
    }

    private static Consumer<Throwable> code(ErrorCode code) {
        return failure -> assertThat(((TandemException) failure).code()).isEqualTo(code);
    }
}
