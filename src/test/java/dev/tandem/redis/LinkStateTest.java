package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.redis.LinkState.Closed;
import dev.tandem.redis.LinkState.Connecting;
import dev.tandem.redis.LinkState.Draining;
import dev.tandem.redis.LinkState.Idle;
import dev.tandem.redis.LinkState.Ready;
import dev.tandem.redis.LinkState.Waiting;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that each state of a link offers the moves of the diagram and no others, and what a move hands on. */
class LinkStateTest {
    private static final DialedConnection OPEN = new DialedConnection(null, null, null);

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(new Idle(), "idle", Set.of("toConnecting", "toClosed")),
                Arguments.of(new Connecting(1), "connecting", Set.of("toReady", "toWaiting", "toClosed")),
                Arguments.of(new Ready(OPEN, Instant.EPOCH), "ready", Set.of("toWaiting", "toDraining", "toClosed")),
                Arguments.of(
                        new Waiting(1, "why", Duration.ZERO),
                        "waiting",
                        Set.of("toConnecting", "toGaveUp", "toClosed")),
                Arguments.of(new LinkState.GaveUp(1, "why"), "gave up", Set.of("toClosed")),
                Arguments.of(new Draining(OPEN), "draining", Set.of("toClosed")),
                Arguments.of(new Closed(), "closed", Set.of("toClosed")));
    }

    @ParameterizedTest
    @MethodSource("states")
    void offersOnlyTheLegalMoves(LinkState state, String label, Set<String> moves) {
        Stream<Method> methods = Stream.concat(
                Stream.of(state.getClass().getDeclaredMethods()), Stream.of(LinkState.class.getDeclaredMethods()));

        assertThat(methods.map(Method::getName).filter(name -> name.matches("to[A-Z].*") && !name.equals("toString")))
                .containsExactlyInAnyOrderElementsOf(moves);
    }

    @ParameterizedTest
    @MethodSource("states")
    void hasAWordForLogsAndMetrics(LinkState state, String label, Set<String> moves) {
        assertThat(state.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @MethodSource("states")
    void canEndAtOnce(LinkState state, String label, Set<String> moves) {
        assertThat(state.toClosed()).isEqualTo(new Closed());
    }

    @Test
    void everyStateIsInTheTable() {
        assertThat(states().<Class<?>>map(row -> row.get()[0].getClass()))
                .containsExactlyInAnyOrder(LinkState.class.getPermittedSubclasses());
    }

    @Test
    void countsAttemptsUntilTheConnectionIsReady() {
        Connecting first = new Idle().toConnecting();
        Connecting second = first.toWaiting("refused", Duration.ofMillis(100)).toConnecting();
        Connecting third = second.toWaiting("refused", Duration.ofMillis(200)).toConnecting();

        assertThat(Stream.of(first, second, third).map(Connecting::attempt)).containsExactly(1, 2, 3);
    }

    @Test
    void countsAnewAfterTheConnectionWasReady() {
        Ready ready = new Connecting(7).toReady(OPEN);

        Waiting waiting = ready.toWaiting("connection closed", Duration.ofMillis(100));

        assertThat(waiting).isEqualTo(new Waiting(0, "connection closed", Duration.ofMillis(100)));
        assertThat(waiting.toConnecting().attempt()).isEqualTo(1);
    }

    @Test
    void keepsItsConnectionWhileItDrains() {
        assertThat(new Connecting(1).toReady(OPEN).toDraining().connection()).isSameAs(OPEN);
    }

    @Test
    void becomesReadyOnlyByGoingToReady() {
        Connecting connecting = new Connecting(1);

        assertThat(new LinkTransition("", Role.PUBSUB, connecting, connecting.toReady(OPEN)).becameReady())
                .isTrue();
        assertThat(new LinkTransition("", Role.PUBSUB, connecting, connecting.toClosed()).becameReady())
                .isFalse();
    }
}
