package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outbound.Frame;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.adapter.Told;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verifies what is remembered of what a socket is sent, and what is held for one that comes back. */
class TrailTest {
    private final List<String> sent = new ArrayList<>();
    private long reached = 20;

    private final BroadcastLog log = new BroadcastLog() {
        @Override
        public Optional<LogPlace> reached() {
            return Optional.of(place(reached));
        }

        @Override
        public Uni<Missed> missed(Absence absence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep() {}
    };

    @Test
    void remembersWhatWasSentUntilTheEnd() {
        Trail trail = Trail.fresh(log);

        send(trail, 3);
        send(trail, LogPlace.NONE);
        send(trail, LogPlace.NONE);
        send(trail, 5);
        Told told = trail.close();
        send(trail, 6);

        assertThat(told).isEqualTo(new Told(place(20), List.of(place(3), LogPlace.NONE, place(5)), false));
        assertThat(sent).containsExactly("3", "0", "0", "5");
    }

    @Test
    void remembersTheLastThousand() {
        Trail trail = Trail.fresh(log);
        for (int i = 1; i <= 1_001; i++) {
            send(trail, i);
        }

        Told told = trail.close();

        assertThat(told.cut()).isTrue();
        assertThat(told.trail()).hasSize(1_000).startsWith(place(2)).endsWith(place(1_001));
    }

    @Test
    void whatComesIsHeldAndSentAfterWhatWasMissed() {
        Trail trail = Trail.resumed(log, new Told(place(4), List.of(place(4)), true));
        send(trail, 6);
        send(trail, 7);
        send(trail, LogPlace.NONE);

        assertThat(sent).isEmpty();
        assertThat(release(trail, 5, 6)).isTrue();
        send(trail, 6);
        send(trail, 8);

        assertThat(sent).containsExactly("missed", "7", "0", "open", "8");
        assertThat(trail.isHolding()).isFalse();
        assertThat(trail.close())
                .isEqualTo(new Told(
                        place(20), List.of(place(4), place(5), place(6), place(7), LogPlace.NONE, place(8)), true));
    }

    @Test
    void nodeThatIsBehindWhatWasReadDoesNotSendItAgain() {
        Trail trail = Trail.resumed(log, new Told(place(4), List.of(), false));
        release(trail, 30);
        reached = 28;

        assertThat(trail.close().reached()).isEqualTo(place(30));
    }

    @Test
    void whoIsOvertakenIsNotReleased() {
        Trail many = Trail.resumed(log, new Told(place(4), List.of(), false));
        for (int i = 5; i <= 1_005; i++) {
            send(many, i);
        }
        Trail big = Trail.resumed(log, new Told(place(4), List.of(), false));
        big.send(Frame.of("x".repeat(1_000_001)), place(5), frame -> sent.add("big"));
        Trail gap = Trail.resumed(log, new Told(place(4), List.of(), false));
        gap.onGap();

        assertThat(release(many, 5)).isFalse();
        assertThat(release(big, 5)).isFalse();
        assertThat(release(gap, 5)).isFalse();
        assertThat(sent).isEmpty();
    }

    private boolean release(Trail trail, long... missed) {
        List<LogEntry> entries = new ArrayList<>();
        for (long number : missed) {
            entries.add(new LogEntry(place(number), null, BroadcastOptions.ALL, 1));
        }
        LogPlace end = place(missed[missed.length - 1]);
        return trail.release(
                new Missed(entries, end),
                () -> sent.add("missed"),
                frame -> sent.add(((Frame.Text) frame).text()),
                () -> sent.add("open"));
    }

    private void send(Trail trail, long number) {
        send(trail, place(number));
    }

    private void send(Trail trail, LogPlace place) {
        trail.send(Frame.of("" + place.number()), place, frame -> sent.add(((Frame.Text) frame).text()));
    }

    private static LogPlace place(long number) {
        return new LogPlace("e", number);
    }
}
