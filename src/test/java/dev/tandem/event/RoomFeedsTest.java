package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.message.Edits;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.redis.Commands;
import dev.tandem.room.Actor;
import dev.tandem.room.Room;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies, against a real Redis, that those who listen to a room hear all of it in order, whatever pub/sub lost. */
@QuarkusTest
class RoomFeedsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final UserRef ADA = new UserRef(new UserId("ada"), "Ada");

    @Inject
    RoomFeeds feeds;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    Edits edits;

    @Inject
    RoomLog log;

    @Inject
    Commands commands;

    @Inject
    MeterRegistry meters;

    private final List<RoomEvent> heard = new CopyOnWriteArrayList<>();
    private RoomId room;
    private String epoch;
    private RoomSubscription subscription;

    @BeforeEach
    void listenToARoom() {
        Room created = done(rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty())));
        room = created.id();
        epoch = created.epoch();
        subscription = done(feeds.listen(room, heard::add));
    }

    @AfterEach
    void listenNoMore() {
        subscription.close();
    }

    @Test
    void deliversWhatIsPosted() {
        RoomEvent first = post("one");
        RoomEvent second = post("two");

        untilHeard(2);

        assertThat(heard).containsExactly(first, second);
    }

    @Test
    void deliversToEveryListenerOfARoom() {
        List<RoomEvent> alsoHeard = new CopyOnWriteArrayList<>();
        RoomSubscription other = done(feeds.listen(room, alsoHeard::add));

        RoomEvent posted = post("one");

        await().atMost(SOON).until(() -> heard.size() == 1 && alsoHeard.size() == 1);
        assertThat(alsoHeard).containsExactly(posted);
        other.close();
    }

    @Test
    void deliversNothingToAListenerWhoClosed() {
        List<RoomEvent> alsoHeard = new CopyOnWriteArrayList<>();
        done(feeds.listen(room, alsoHeard::add)).close();

        post("one");

        untilHeard(1);
        assertThat(alsoHeard).isEmpty();
    }

    @Test
    void fillsAHoleOfTheChannelFromTheHistory() {
        RoomEvent first = post("one");
        RoomEvent unheard = postWithoutPublishing(2);
        RoomEvent alsoUnheard = postWithoutPublishing(3);

        RoomEvent fourth = post("four");

        untilHeard(4);
        assertThat(heard).containsExactly(first, unheard, alsoUnheard, fourth);
    }

    @Test
    void goesOnAfterAHoleWasFilled() {
        postWithoutPublishing(1);
        post("two");
        untilHeard(2);

        RoomEvent third = post("three");

        untilHeard(3);
        assertThat(heard).endsWith(third);
    }

    @Test
    void deliversAMessageThatIsPublishedTwiceOnce() {
        RoomEvent.Posted first = post("one");
        publish("m" + epoch + ":1|" + first.json());

        RoomEvent second = post("two");

        untilHeard(2);
        assertThat(heard).containsExactly(first, second);
    }

    @Test
    void resetsWhereTheRoomHasAnotherPast() {
        RoomEvent first = post("one");
        untilHeard(1);
        redis(Request.cmd(Command.HSET)
                .arg(RoomKeys.details(room))
                .arg("epoch")
                .arg("other")
                .arg("seq")
                .arg(0));
        redis(Request.cmd(Command.DEL).arg(RoomKeys.messages(room)));
        epoch = "other";

        post("one again");

        untilHeard(2);
        RoomEvent next = post("two");
        untilHeard(3);
        assertThat(heard).containsExactly(first, RoomEvent.Reset.of(room, new RoomHead("other", 1)), next);
    }

    @Test
    void resetsWhereTheHistoryWasTrimmed() {
        RoomEvent first = post("one");
        untilHeard(1);
        redis(Request.cmd(Command.HINCRBY)
                .arg(RoomKeys.details(room))
                .arg("seq")
                .arg(5));

        post("seven");

        untilHeard(2);
        assertThat(heard).containsExactly(first, RoomEvent.Reset.of(room, new RoomHead(epoch, 7)));
    }

    @Test
    void pastIsTheSameWhereAMessageWasChanged() {
        RoomEvent.Posted first = post("one");
        untilHeard(1);
        done(edits.edit(Actor.of(ADA), room, 1, "another", null));
        untilHeard(2);

        Optional<RoomHead> head = done(log.check(room, new RoomHead(epoch, 1), first.identity()));
        done(edits.remove(Actor.of(ADA), room, 1));

        assertThat(head).contains(new RoomHead(epoch, 1));
        assertThat(done(log.check(room, new RoomHead(epoch, 1), first.identity())))
                .contains(new RoomHead(epoch, 1));
    }

    @Test
    void pastIsAnotherOneWhereANumberWasGivenToAnotherMessage() {
        RoomEvent.Posted first = post("one");
        redis(Request.cmd(Command.DEL).arg(RoomKeys.messages(room)));
        String other = first.json().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\"");
        redis(Request.cmd(Command.ZADD).arg(RoomKeys.messages(room)).arg(1).arg(other));

        Optional<RoomHead> head = done(log.check(room, new RoomHead(epoch, 1), first.identity()));

        assertThat(other).isNotEqualTo(first.json());
        assertThat(head.orElseThrow().epoch()).isNotEqualTo(epoch);
    }

    @Test
    void tellsOfTheDeletion() {
        done(rooms.delete(room));

        untilHeard(1);

        assertThat(heard).containsExactly(new RoomEvent.Deleted("{\"room\":\"" + room + "\"}"));
    }

    @Test
    void doesNotAskRedisAgainAndAgainForAMessageOfAnEarlierPast() {
        publish("mgone:9|{}");
        RoomEvent first = post("one");
        untilHeard(1);

        double before = commandsSent();

        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> commandsSent() - before < 100);
        assertThat(heard).containsExactly(first);
    }

    @Test
    void isNotDisturbedByWhatIsNoEvent() {
        publish("");
        publish("nonsense");
        publish("jno user|{}");

        RoomEvent first = post("one");

        untilHeard(1);
        assertThat(heard).containsExactly(first);
    }

    @Test
    void doesNotListenToARoomThatIsNotThere() {
        Uni<RoomSubscription> nowhere = feeds.listen(RoomId.random(), heard::add);

        assertThatThrownBy(() -> done(nowhere))
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ROOM_NOT_FOUND));
    }

    @Test
    void listensToAChannelOnlyWhileSomebodyWantsTo() {
        assertThat(subscribers()).isOne();

        subscription.close();

        await().atMost(SOON).until(() -> subscribers() == 0);
    }

    private RoomEvent.Posted post(String text) {
        PostedMessage posted = done(messages.post(new MessageDraft(room, ADA, Optional.empty(), text, null), false));
        return new RoomEvent.Posted(epoch, posted.seq(), posted.json());
    }

    /** What a subscriber sees of a message that was published while its connection was down. */
    private RoomEvent postWithoutPublishing(long seq) {
        String json = "{\"seq\":" + seq + "}";
        redis(Request.cmd(Command.HINCRBY)
                .arg(RoomKeys.details(room))
                .arg("seq")
                .arg(1));
        redis(Request.cmd(Command.ZADD).arg(RoomKeys.messages(room)).arg(seq).arg(json));
        return new RoomEvent.Posted(epoch, seq, json);
    }

    private void publish(String payload) {
        redis(Request.cmd(Command.PUBLISH).arg(RoomKeys.channel(room)).arg(payload));
    }

    private long subscribers() {
        return redis(Request.cmd(Command.PUBSUB).arg("NUMSUB").arg(RoomKeys.channel(room)))
                .get(1)
                .toLong();
    }

    private double commandsSent() {
        return meters.get("tandem.redis.roundtrip").timer().count();
    }

    private void untilHeard(int events) {
        await().atMost(SOON).until(() -> heard.size() >= events);
    }

    private Response redis(Request request) {
        return done(commands.send(Commands.Effect.ONCE, request));
    }

    private static <T> T done(Uni<T> work) {
        return work.await().atMost(SOON);
    }
}
