package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.event.RoomEvent;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.presence.PresenceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that who comes and goes is told together, and the less often the more there is to be told. */
class ComingsAndGoingsTest {
    private static final RoomId ROOM = new RoomId("lobby");

    private final Turns loop = new Turns();
    private final TellingPace pace = new TellingPace();
    private final ComingsAndGoings comings = comings(200);
    private final List<Integer> told = new ArrayList<>();

    @Test
    void whoComesMeanwhileIsToldTogether() {
        comings.hold(joined("ann", 1), 1, this::tell);
        comings.hold(joined("bob", 2), 2, this::tell);
        assertThat(told).isEmpty();

        loop.ring();

        assertThat(told).containsExactly(2);
    }

    @Test
    void everyoneIsToldAtOnceWhereNothingIsGathered() {
        ComingsAndGoings eager = comings(0);

        eager.hold(joined("ann", 1), 1, () -> told.add(eager.take(ROOM).size()));

        assertThat(told).containsExactly(1);
    }

    @Test
    void largeRoomIsToldTheLastNumberOnly() {
        comings.hold(joined("ann", 201), 1, this::tell);
        comings.hold(joined("bob", 202), 2, this::tell);

        List<ComingsAndGoings.Told> all = comings.take(ROOM);

        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.event().json()).contains("202");
            assertThat(one.version()).isEqualTo(202);
            assertThat(one.time()).isEqualTo(2);
        });
    }

    @Test
    void howManyComeIntoALargeRoomMakesNoDifference() {
        for (int members = 190; members <= 5_000; members++) {
            comings.hold(joined("user" + members, members), members, this::tell);
        }
        assertThat(told).isEmpty();

        loop.ring();

        assertThat(told).containsExactly(1);
    }

    @Test
    void whoWasNotNamedIsCounted() {
        comings.hold(joined("ann", 200), 1, this::tell);
        comings.hold(joined("bob", 201), 2, this::tell);
        comings.hold(left("ann", 200), 3, this::tell);
        comings.hold(left("eve", 199), 4, this::tell);

        assertThat(comings.take(ROOM)).singleElement().satisfies(one -> {
            assertThat(one.event()).isInstanceOf(RoomEvent.Counted.class);
            assertThat(one.event().json()).contains("199");
            assertThat(one.time()).isEqualTo(4);
        });

        comings.hold(joined("ann", 200), 5, this::tell);
        assertThat(comings.take(ROOM))
                .singleElement()
                .satisfies(one -> assertThat(one.event()).isInstanceOf(RoomEvent.Joined.class));
    }

    @Test
    void roomThatHasToldIsNotCountedAnyMore() {
        comings.hold(joined("ann", 1), 1, this::tell);
        loop.ring();
        loop.ring();

        for (int i = 0; i < 10; i++) {
            pace.begin();
        }

        assertThat(pace.pause(10)).isEqualTo(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 50", "1, 5, 50", "10, 5, 50", "20, 5, 100", "100, 5, 500", "100, 50, 2000", "0, 1000, 2000"})
    void pauseGrowsWithUsersAndWithRooms(int rooms, int users, int millis) {
        for (int i = 0; i < rooms; i++) {
            pace.begin();
        }

        assertThat(pace.pause(users)).isEqualTo(Duration.ofMillis(millis));
    }

    private void tell() {
        told.add(comings.take(ROOM).size());
    }

    private ComingsAndGoings comings(int gatherMillis) {
        return new ComingsAndGoings(loop.context().owner(), config(Duration.ofMillis(gatherMillis)), pace);
    }

    private static RoomEvent.Presence joined(String user, long members) {
        UserId id = new UserId(user);
        return new RoomEvent.Joined(members, id, "{\"user\":{\"id\":\"" + user + "\"},\"members\":" + members + "}");
    }

    private static RoomEvent.Presence left(String user, long members) {
        UserId id = new UserId(user);
        return new RoomEvent.Left(
                1_000 - members, id, "{\"user\":{\"id\":\"" + user + "\"},\"members\":" + members + "}");
    }

    private static PresenceConfig config(Duration gather) {
        return new PresenceConfig() {
            @Override
            public Duration lease() {
                return Duration.ofSeconds(15);
            }

            @Override
            public Duration gather() {
                return gather;
            }

            @Override
            public int largeRoom() {
                return 200;
            }

            @Override
            public int largeRoomTyping() {
                return 10;
            }
        };
    }
}
