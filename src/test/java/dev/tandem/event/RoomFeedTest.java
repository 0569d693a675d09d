package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.Subscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that a feed delivers a room's events in order, once and without holes, and says so where it cannot. */
class RoomFeedTest {
    private static final Buffer ADA_JOINED = Buffer.buffer("j1:ada|{}");
    private static final RoomEvent ADA = new RoomEvent.Joined(1, new UserId("ada"), "{}");

    private final ScriptedPast past = new ScriptedPast();
    private final List<RoomEvent> heard = new ArrayList<>();
    private final List<Handler<Long>> timers = new ArrayList<>();
    private boolean subscribed;
    private RoomFeed feed;

    @BeforeEach
    void listenToARoomWithTwoMessages() {
        past.post(2);
        feed = feed();
        feed.add(heard::add);
    }

    @Test
    void opensWhenItIsSubscribedAndKnowsWhereTheRoomStands() {
        UniAssertSubscriber<Void> opened = feed.opened().subscribe().withSubscriber(UniAssertSubscriber.create());
        opened.assertNotTerminated();

        past.answerAll();

        opened.assertCompleted();
        assertThat(subscribed).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void doesNotOpenARoomThatIsNotThere() {
        past.delete();

        UniAssertSubscriber<Void> opened = feed.opened().subscribe().withSubscriber(UniAssertSubscriber.create());
        past.answerAll();

        assertThat(opened.assertFailed().getFailure())
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ROOM_NOT_FOUND));
        assertThat(subscribed).isFalse();
    }

    @Test
    void deliversWhatComesInWhileItOpens() {
        Buffer second = ScriptedPast.published("e1", 2);
        feed.opened().subscribe().withSubscriber(UniAssertSubscriber.create());
        hear(second, ADA_JOINED);

        past.answerAll();
        hear(past.post());

        assertThat(heard).containsExactly(ADA, posted(3));
    }

    @Test
    void deliversMessagesInOrder() {
        open();

        hear(past.post(), past.post(), ADA_JOINED, past.post());

        assertThat(heard).containsExactly(posted(3), posted(4), ADA, posted(5));
        assertThat(past.waitingReads()).isZero();
    }

    @Test
    void deliversARepeatedMessageOnce() {
        open();
        Buffer third = past.post();

        hear(third, third, ScriptedPast.published("e1", 1), past.post(), third);

        assertThat(heard).containsExactly(posted(3), posted(4));
        assertThat(past.waitingReads()).isZero();
    }

    @Test
    void fillsAHoleFromTheHistory() {
        open();
        past.post(3);

        hear(past.post());
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4), posted(5), posted(6));
    }

    @Test
    void deliversNothingBeforeTheHoleIsFilled() {
        open();
        past.post();

        hear(past.post(), ADA_JOINED);

        assertThat(heard).isEmpty();
    }

    @Test
    void deliversWhatCameInDuringTheRepairAfterIt() {
        open();
        past.post();
        hear(past.post());
        past.answerOne();

        hear(past.post(), ADA_JOINED, past.post());
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4), posted(5), ADA, posted(6));
    }

    @Test
    void fillsAHoleThatAppearsDuringTheRepair() {
        open();
        past.post();
        hear(past.post());
        past.answerOne();

        past.post();
        hear(past.post(), ADA_JOINED);
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4), posted(5), posted(6), ADA);
    }

    @Test
    void fillsHolesOfManyPages() {
        open();
        past.post(1_000);

        hear(past.post());
        past.answerAll();

        assertThat(heard)
                .isEqualTo(LongStream.rangeClosed(3, 1_003)
                        .mapToObj(RoomFeedTest::posted)
                        .toList());
    }

    @Test
    void readsWhatWasSaidWhileItCouldNotHear() {
        open();
        past.post(2);

        feed.onResubscribed();
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4));
    }

    @Test
    void readsAgainIfTheSubscriptionIsLostOnceMoreDuringTheRepair() {
        open();
        feed.onResubscribed();
        past.answerOne();
        feed.onResubscribed();
        past.post();

        past.answerAll();

        assertThat(heard).containsExactly(posted(3));
    }

    @Test
    void triesAgainAfterAWhileIfThePastCannotBeRead() {
        open();
        past.post();
        hear(past.post());
        past.failOne(new IllegalStateException("expected"));

        timers.remove(0).handle(0L);
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4));
    }

    @Test
    void holdsNoMoreThanABoundAndReadsTheRestFromTheHistory() {
        open();
        past.post();
        hear(past.post());
        for (int i = 0; i < 6_000; i++) {
            hear(past.post());
        }

        past.answerAll();
        hear(past.post());

        assertThat(heard)
                .isEqualTo(LongStream.rangeClosed(3, 6_005)
                        .mapToObj(RoomFeedTest::posted)
                        .toList());
    }

    @Test
    void resetsWhereThePastIsAnotherOne() {
        open();
        past.restart("e2");

        hear(past.post());
        past.answerAll();
        hear(past.post());

        assertThat(heard).containsExactly(reset("e2", 1), new RoomEvent.Posted("e2", 2, ScriptedPast.json(2)));
    }

    @Test
    void resetsWhereTheHistoryDoesNotReachBackFarEnough() {
        open();
        past.post(10);
        past.trimTo(5);

        hear(past.post());
        past.answerAll();
        hear(past.post());

        assertThat(heard).containsExactly(reset("e1", 13), posted(14));
    }

    @Test
    void resetsWhereTheHistoryIsEmpty() {
        open();
        past.post(2);
        past.trimTo(0);

        feed.onResubscribed();
        past.answerAll();

        assertThat(heard).containsExactly(reset("e1", 4));
    }

    @Test
    void resetsWhereThePastBecameShorter() {
        open();
        hear(past.post(), past.post());
        past.goBackTo(3);

        feed.onResubscribed();
        past.answerAll();
        hear(past.post());

        assertThat(heard)
                .containsExactly(
                        posted(3),
                        posted(4),
                        reset(ScriptedPast.RECOVERED, 3),
                        new RoomEvent.Posted(ScriptedPast.RECOVERED, 4, ScriptedPast.json(4)));
    }

    @Test
    void resetsWhereNumbersWereGivenToOtherMessages() {
        open();
        hear(past.post(), past.post());
        past.rewriteFrom(4);
        past.post(2);

        feed.onResubscribed();
        past.answerAll();

        assertThat(heard).containsExactly(posted(3), posted(4), reset(ScriptedPast.RECOVERED, 6));
    }

    @Test
    void goesOnWhereTheLastMessageSaysSomethingElseNow() {
        open();
        past.post();
        hear(Buffer.buffer("me1:3|" + said("m-3", "ada", "before")));
        past.put(3, said("m-3", "ada", "after"));
        past.post();

        feed.onResubscribed();
        past.answerAll();

        assertThat(heard).endsWith(posted(4)).noneMatch(RoomEvent.Reset.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({"m-4, ada", "m-3, bob"})
    void resetsWhereTheLastMessageIsSomebodyElses(String id, String author) {
        open();
        past.post();
        hear(Buffer.buffer("me1:3|" + said("m-3", "ada", "before")));
        past.put(3, said(id, author, "before"));

        feed.onResubscribed();
        past.answerAll();

        assertThat(heard).last().isEqualTo(reset(ScriptedPast.RECOVERED, 3));
    }

    private static String said(String id, String author, String text) {
        return "{\"seq\":3,\"id\":\"%s\",\"author\":{\"id\":\"%s\",\"name\":\"n\"},\"text\":\"%s\"}"
                .formatted(id, author, text);
    }

    /** A replica took over that had not got the message yet. */
    @Test
    void forgetsAMessageThatWasLostAfterItWasPublished() {
        open();
        past.post();

        hear(Buffer.buffer("me1:4|{\"lost\":true}"));
        past.answerAll();
        hear(past.post());

        assertThat(heard).containsExactly(posted(3), posted(4));
    }

    @Test
    void forgetsAMessageOfAnEarlierPast() {
        open();

        hear(ScriptedPast.published("e0", 9), ADA_JOINED, ScriptedPast.published("e0", 10));
        past.answerAll();
        hear(past.post());

        assertThat(heard).containsExactly(ADA, posted(3));
    }

    @Test
    void tellsOfTheDeletionOnce() {
        open();

        hear(Buffer.buffer("d|{\"room\":\"lobby\"}"));

        assertThat(heard).containsExactly(new RoomEvent.Deleted("{\"room\":\"lobby\"}"));
    }

    @Test
    void tellsOnceOfADeletionThatItDidNotHear() {
        open();
        past.post();
        Buffer last = past.post();
        past.delete();

        hear(last);
        past.answerAll();

        assertThat(heard).containsExactly(new RoomEvent.Deleted("{\"room\":\"lobby\"}"));
    }

    @Test
    void readsNothingAnyMoreWhenItIsClosed() {
        open();
        feed.onResubscribed();
        past.failOne(new IllegalStateException("expected"));

        feed.close();
        timers.remove(0).handle(0L);

        assertThat(subscribed).isFalse();
        assertThat(past.waitingReads()).isZero();
    }

    @Test
    void findsOutThatARoomIsGoneWithoutAWord() {
        open();
        past.delete();

        feed.check();
        feed.check();
        past.answerAll();

        assertThat(heard).containsExactly(new RoomEvent.Deleted("{\"room\":\"lobby\"}"));
    }

    @Test
    void doesNotFindOutAgainWhatWasHeard() {
        open();
        past.delete();
        hear(Buffer.buffer("d|{\"room\":\"lobby\"}"));

        feed.check();
        feed.check();
        past.answerAll();

        assertThat(heard).hasSize(1);
    }

    @Test
    void deliversALastMessageThatWasNotHeard() {
        open();
        past.post();

        feed.check();
        feed.check();
        past.answerAll();

        assertThat(heard).containsExactly(new RoomEvent.Posted("e1", 3, ScriptedPast.json(3)));
    }

    @Test
    void readsNothingInARoomWhereMessagesCome() {
        open();
        feed.check();
        hear(past.post());

        feed.check();

        assertThat(past.waitingReads()).isZero();
    }

    @Test
    void tellsEveryListener() {
        List<RoomEvent> alsoHeard = new ArrayList<>();
        open();
        feed.add(alsoHeard::add);

        hear(past.post());

        assertThat(heard).containsExactly(posted(3));
        assertThat(alsoHeard).containsExactly(posted(3));
    }

    private void open() {
        feed.opened().subscribe().withSubscriber(UniAssertSubscriber.create());
        past.answerAll();
    }

    private void hear(Buffer... payloads) {
        for (Buffer payload : payloads) {
            feed.onMessage(RoomKeys.channel(ScriptedPast.ROOM), payload);
        }
    }

    private RoomFeed feed() {
        EventMeters meters = new EventMeters(new SimpleMeterRegistry());
        return new RoomFeed(ScriptedPast.ROOM, past.log(), new OneChannel(), vertx(), meters);
    }

    private static RoomEvent posted(long seq) {
        return new RoomEvent.Posted("e1", seq, ScriptedPast.json(seq));
    }

    private static RoomEvent reset(String epoch, long seq) {
        return RoomEvent.Reset.of(ScriptedPast.ROOM, new RoomHead(epoch, seq));
    }

    /** Keeps timers until the test lets them go off. */
    private Vertx vertx() {
        return (Vertx) Proxy.newProxyInstance(
                RoomFeedTest.class.getClassLoader(), new Class<?>[] {Vertx.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("setTimer")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    @SuppressWarnings("unchecked")
                    Handler<Long> timer = (Handler<Long>) arguments[1];
                    timers.add(timer);
                    return 0L;
                });
    }

    /** Confirms the subscription at once. */
    private final class OneChannel implements PubSub {
        @Override
        public Uni<Subscription> ssubscribe(String channel, Listener listener) {
            return Uni.createFrom().item(() -> {
                subscribed = true;
                return () -> subscribed = false;
            });
        }

        @Override
        public Uni<Subscription> subscribe(String channel, Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Subscription> psubscribe(String pattern, Listener listener) {
            throw new UnsupportedOperationException(pattern);
        }
    }
}
