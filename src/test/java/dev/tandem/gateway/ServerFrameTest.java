package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.id.NodeId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies the objects that clients get: answers to commands, the welcome, and the events of a room by their names. */
class ServerFrameTest {
    private static final RoomId LOBBY = new RoomId("lobby");

    @Test
    void answersWithTheFieldsOfWhatWasDone() {
        ObjectNode fields =
                JsonNodeFactory.instance.objectNode().put("room", "lobby").put("seq", 7);

        assertThat(new ServerFrame.Done(fields).answer()).hasToString("{\"ok\":true,\"room\":\"lobby\",\"seq\":7}");
    }

    @Test
    void answersWithTheCodeAndTheFieldOfWhatFailed() {
        TandemException failure = new TandemException(ErrorCode.INVALID_FIELD, "'text' must be \"short\".", "text");

        assertThat(new ServerFrame.Failed(failure).answer())
                .hasToString("{\"ok\":false,\"error\":{\"code\":\"invalid_field\","
                        + "\"message\":\"'text' must be \\\"short\\\".\",\"field\":\"text\"}}");
    }

    @Test
    void answersWithoutAFieldWhereNoneIsWrong() {
        TandemException failure = new TandemException(ErrorCode.REDIS_UNAVAILABLE, "Later.");

        assertThat(new ServerFrame.Failed(failure).answer())
                .hasToString("{\"ok\":false,\"error\":{\"code\":\"redis_unavailable\",\"message\":\"Later.\"}}");
    }

    @Test
    void answersWhenItMakesSenseToTryAgainInWholeSeconds() {
        TandemException failure =
                new TandemException(ErrorCode.RATE_LIMITED, "Later.").retryAfter(Duration.ofMillis(1_001));

        assertThat(new ServerFrame.Failed(failure).answer())
                .hasToString(
                        "{\"ok\":false,\"error\":{\"code\":\"rate_limited\",\"message\":\"Later.\",\"retryAfter\":2}}");
    }

    @Test
    void welcomesWithUserAndNode() {
        ServerFrame.Event welcome =
                ServerFrame.welcome(new UserRef(new UserId("u1"), "Ada \"the\" guest"), new NodeId("n1"));

        assertThat(welcome)
                .isEqualTo(new ServerFrame.Event(
                        "welcome",
                        "{\"user\":{\"id\":\"u1\",\"name\":\"Ada \\\"the\\\" guest\"},\"node\":\"n1\"}",
                        Place.START));
    }

    static Stream<Arguments> events() {
        UserId user = new UserId("u1");
        Place place = new Place(LOBBY, "e1", 7);
        return Stream.of(
                Arguments.of(new RoomEvent.Posted("e1", 7, "{\"a\":1}"), "message", place),
                Arguments.of(new RoomEvent.Joined(1, user, "{\"a\":1}"), "joined", null),
                Arguments.of(new RoomEvent.Typing(user, "{\"a\":1}"), "typing", null),
                Arguments.of(new RoomEvent.Left(1, user, "{\"a\":1}"), "left", null),
                Arguments.of(new RoomEvent.PutOut(user, RoomEvent.PutOut.Why.KICKED, "{\"a\":1}"), "kicked", null),
                Arguments.of(new RoomEvent.Told(RoomEvent.Told.Kind.UPDATED, "{\"a\":1}"), "updated", null),
                Arguments.of(new RoomEvent.Deleted("{\"a\":1}"), "deleted", null),
                Arguments.of(new RoomEvent.Counted("{\"a\":1}"), "members", null),
                Arguments.of(new RoomEvent.Reset("e1", 7, "{\"a\":1}"), "reset", place));
    }

    @ParameterizedTest
    @MethodSource("events")
    void passesTheJsonOfEventsOnUnderTheirNames(RoomEvent event, String name, Place place) {
        assertThat(ServerFrame.of(LOBBY, event)).isEqualTo(new ServerFrame.Event(name, "{\"a\":1}", place));
    }

    @Test
    void everyRoomEventIsInTheTable() {
        assertThat(events().<Class<?>>map(row -> row.get()[0].getClass()))
                .containsExactlyInAnyOrderElementsOf(kinds(RoomEvent.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(ServerFrameTest::kinds)
                : Stream.of(sealed);
    }
}
