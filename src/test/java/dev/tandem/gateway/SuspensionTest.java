package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.presence.Status;
import dev.tandem.session.Proof;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verifies where a client stands, by the last event that it got, and that nothing is said where that is not certain. */
class SuspensionTest {
    private static final Proof ADA = new Proof(new UserRef(new UserId("ada"), "Ada"), null, null, null);
    private static final RoomId RED = new RoomId("red");
    private static final RoomId BLUE = new RoomId("blue");

    @Test
    void inOneRoomTheNumberSaysIt() {
        Suspension one = suspension(List.of(stay(RED, 3, 9)));

        assertThat(one.after(red(5))).contains(List.of(red(5)));
        assertThat(one.after(red(9))).contains(List.of(red(9)));
        assertThat(one.after(red(3))).contains(List.of(red(3)));
    }

    @Test
    void whoHasSeenNothingStandsWhereItBegan() {
        Suspension two = suspension(List.of(stay(RED, 3, 9), stay(BLUE, 1, 4)), red(4), blue(2));

        assertThat(two.after(Place.START)).contains(List.of(red(3), blue(1)));
    }

    @Test
    void inSeveralRoomsTheTrailSaysIt() {
        Suspension two =
                suspension(List.of(stay(RED, 3, 6), stay(BLUE, 1, 3)), red(4), blue(2), red(5), red(6), blue(3));

        assertThat(two.after(red(4))).contains(List.of(red(4), blue(1)));
        assertThat(two.after(blue(2))).contains(List.of(red(4), blue(2)));
        assertThat(two.after(red(6))).contains(List.of(red(6), blue(2)));
        assertThat(two.after(blue(3))).contains(List.of(red(6), blue(3)));
    }

    @Test
    void roomThatIsNotOnTheTrailStandsWhereItWasReached() {
        Suspension two = suspension(List.of(stay(RED, 3, 6), stay(BLUE, 1, 1)), red(5), red(6));

        assertThat(two.after(red(5))).contains(List.of(red(5), blue(1)));
    }

    @Test
    void whatCameBeforeTheTrailCameInTheOneRoomThereWas() {
        Suspension two = suspension(List.of(stay(RED, 3, 10), stay(BLUE, 1, 3)), red(9), blue(2), red(10), blue(3));

        assertThat(two.after(red(7))).contains(List.of(red(7), blue(1)));
    }

    @Test
    void whatCameBeforeATrailThatIsCutIsNotCertain() {
        Suspension cut = new Suspension(
                ADA, Status.ONLINE, false, List.of(stay(RED, 3, 10), stay(BLUE, 1, 3)), List.of(red(9), blue(2)), true);

        assertThat(cut.after(red(7))).isEmpty();
        assertThat(cut.after(blue(2))).contains(List.of(red(9), blue(2)));
    }

    @Test
    void placeThatTheClientCannotHaveSeenIsNoPlace() {
        Suspension one = suspension(List.of(stay(RED, 3, 9)));

        assertThat(one.after(red(2))).isEmpty();
        assertThat(one.after(red(10))).isEmpty();
        assertThat(one.after(blue(5))).isEmpty();
        assertThat(one.after(new Place(RED, "e2", 5))).isEmpty();
    }

    @Test
    void messageOfARoomThatWasLeftSaysNothingOfTheOthersUnlessItIsOnTheTrail() {
        Suspension left = suspension(List.of(stay(RED, 3, 9)), red(8), blue(2), red(9));

        assertThat(left.after(blue(2))).contains(List.of(red(8)));
        assertThat(left.after(blue(1))).isEmpty();
    }

    @Test
    void placeIsReadAsItWasWritten() {
        assertThat(Place.of(red(7).text())).contains(red(7));
        assertThat(Place.of(Place.START.text())).contains(Place.START);
        assertThat(Place.of("")).isEmpty();
        assertThat(Place.of("e1:x:red")).isEmpty();
        assertThat(Place.of("e1:1:re/d")).isEqualTo(Optional.empty());
    }

    private static Suspension suspension(List<Suspension.Stay> stays, Place... trail) {
        return new Suspension(ADA, Status.ONLINE, false, stays, List.of(trail), false);
    }

    private static Suspension.Stay stay(RoomId room, long began, long reached) {
        return new Suspension.Stay(new Place(room, "e1", began), new Place(room, "e1", reached));
    }

    private static Place red(long seq) {
        return new Place(RED, "e1", seq);
    }

    private static Place blue(long seq) {
        return new Place(BLUE, "e1", seq);
    }
}
