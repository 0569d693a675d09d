package dev.tandem.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.socketio.adapter.NotRecovered.Reason;
import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Verifies what a client is taken to have missed, by what it was told and by what it says that it got. */
class ToldTest {
    private static final Set<String> ROOMS = Set.of("ann", "red");

    @Test
    void whatIsAfterTheOffsetWasMissed() {
        Absence absence = told(9, 2, 5, 7).after(Optional.of("e:2"), ROOMS);

        assertThat(absence.since()).isEqualTo(place(4));
        assertThat(missed(absence, BroadcastOptions.to("green"))).containsExactly(5L, 7L);
        assertThat(missed(absence, BroadcastOptions.to("red"))).containsExactly(5L, 7L, 10L, 11L, 12L);
        assertThat(told(9, 2, 5, 7).upTo(Optional.of("e:2")).trail()).containsExactly(place(2));
    }

    @Test
    void whoGotEverythingMissedWhatCameLater() {
        Absence absence = told(9, 2, 5, 7).after(Optional.of("e:7"), ROOMS);

        assertThat(absence.since()).isEqualTo(place(9));
        assertThat(missed(absence, BroadcastOptions.ALL)).containsExactly(10L, 11L, 12L);
    }

    @Test
    void whoGotNothingMissedAllThatItWasSent() {
        assertThat(missed(told(9, 5, 7).after(Optional.empty(), ROOMS), BroadcastOptions.to("green")))
                .containsExactly(5L, 7L);
        assertThat(told(9).after(Optional.empty(), ROOMS).since()).isEqualTo(place(9));
    }

    @Test
    void offsetOfAnEarlierSessionSaysThatNothingWasGot() {
        assertThat(missed(told(9, 5, 7).after(Optional.of("old:3"), ROOMS), BroadcastOptions.to("green")))
                .containsExactly(5L, 7L);
    }

    @Test
    void whatWasSentWhileTheEndWasTakenDownCountsOnce() {
        Absence confirmed = told(9, 8, 10).after(Optional.of("e:10"), ROOMS);
        Absence unconfirmed = told(9, 8, 10).after(Optional.of("e:8"), ROOMS);
        Absence partly = told(9, 8, 10, 11).after(Optional.of("e:10"), ROOMS);

        assertThat(missed(confirmed, BroadcastOptions.ALL)).containsExactly(11L, 12L);
        assertThat(missed(unconfirmed, BroadcastOptions.ALL)).containsExactly(10L, 11L, 12L);
        assertThat(missed(partly, BroadcastOptions.ALL)).containsExactly(11L, 12L);
        assertThat(partly.since()).isEqualTo(place(10));
    }

    @Test
    void offsetThatIsNoPlaceOrWasForgottenIsRefused() {
        Told cut = new Told(place(9), List.of(place(7)), true);

        refused(Reason.OFFSET, () -> told(9, 5, 7).after(Optional.of("hello"), ROOMS));
        refused(Reason.OFFSET, () -> cut.after(Optional.of("e:5"), ROOMS));
        refused(Reason.OFFSET, () -> cut.after(Optional.empty(), ROOMS));
    }

    @Test
    void whatIsNotInTheLogMayHaveBeenMissedUnlessSomethingLaterWasGot() {
        Told told = new Told(place(9), List.of(place(5), LogPlace.NONE, place(7)), false);

        refused(Reason.UNLOGGED, () -> told.after(Optional.of("e:5"), ROOMS));
        assertThat(told.after(Optional.of("e:7"), ROOMS).since()).isEqualTo(place(9));
    }

    @Test
    void whatWasSentInAnotherEpochIsGone() {
        Told told = new Told(place(9), List.of(new LogPlace("old", 70), new LogPlace("old", 71), place(1)), false);

        refused(Reason.GONE, () -> told.after(Optional.of("old:70"), ROOMS));
        assertThat(told.after(Optional.of("old:71"), ROOMS).since()).isEqualTo(place(0));
    }

    @Test
    void holesCountFromTheEndOn() {
        Absence absence = told(9, 5).after(Optional.of("e:5"), ROOMS);

        assertThat(absence.mayMiss(BroadcastOptions.to("red"), 9)).isTrue();
        assertThat(absence.mayMiss(BroadcastOptions.to("red"), 8)).isFalse();
        assertThat(absence.mayMiss(BroadcastOptions.to("green"), 9)).isFalse();
        assertThat(absence.mayMiss(new BroadcastOptions(Set.of(), Set.of("ann"), BroadcastFlags.NONE), 9))
                .isFalse();
    }

    private static List<Long> missed(Absence absence, BroadcastOptions options) {
        return LongStream.rangeClosed(absence.since().number() + 1, 12)
                .filter(number -> absence.misses(new LogEntry(
                        place(number), new SocketIoPacket.Event("/", OptionalLong.empty(), null), options, 1)))
                .boxed()
                .toList();
    }

    private static Told told(long reached, long... trail) {
        return new Told(
                place(reached), LongStream.of(trail).mapToObj(ToldTest::place).toList(), false);
    }

    private static LogPlace place(long number) {
        return new LogPlace("e", number);
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NotRecovered.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
