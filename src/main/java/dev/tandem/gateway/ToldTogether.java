package dev.tandem.gateway;

import dev.tandem.gateway.ComingsAndGoings.Told;
import dev.tandem.outbound.Audience;
import dev.tandem.outbound.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Comings and goings that a room tells at once: whoever was there before the first of them, as most were, is told all with one frame that
 * they share; who came in between, those that it has not been told yet.
 */
final class ToldTogether {
    private final List<Told> told;
    /** In the same order. */
    private final List<Frame> frames;

    private final Frame all;

    private ToldTogether(List<Told> told, List<Frame> frames) {
        this.told = told;
        this.frames = frames;
        this.all = frames.size() == 1 ? frames.get(0) : Frame.sequence(frames);
    }

    /** At least one of them, each with what is shared of it. */
    static ToldTogether of(List<Told> told, List<SharedEvent> shared, Door door) {
        return new ToldTogether(
                told, shared.stream().map(event -> event.frame(door)).toList());
    }

    void send(Audience<Membership> audience) {
        audience.sendEach(all.bytes(), this::frameFor);
    }

    /** Null if there is nothing to tell that one. */
    private Frame frameFor(Membership membership) {
        int some = 0;
        for (Told each : told) {
            some += membership.isTold(each) ? 1 : 0;
        }
        if (some == told.size()) {
            return all;
        }
        return some == 0 ? null : Frame.sequence(those(membership, some));
    }

    private List<Frame> those(Membership membership, int some) {
        List<Frame> those = new ArrayList<>(some);
        for (int i = 0; i < told.size(); i++) {
            if (membership.isTold(told.get(i))) {
                those.add(frames.get(i));
            }
        }
        return those;
    }
}
