package dev.tandem.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The shards of Redis, and which slots each has. Without a cluster there is one, which has them all. Changed on the pair's event
 * loop only; the list may be read from anywhere.
 */
final class Shards {
    private static final Set<PubSubLane.Kind> MOVABLE = EnumSet.complementOf(EnumSet.of(PubSubLane.Kind.OWN));

    private final Shard[] bySlot = new Shard[Slots.COUNT];
    private volatile List<Shard> all = List.of();

    /** As long as nobody says otherwise, the first shard has every slot. */
    Shards(Shard first) {
        all = List.of(first);
        Arrays.fill(bySlot, first);
    }

    List<Shard> all() {
        return all;
    }

    Shard of(String name) {
        return isSingle() ? all.get(0) : bySlot[Slots.of(name)];
    }

    /** The one with that primary; null if there is none. */
    Shard at(RedisAddress primary) {
        return all.stream()
                .filter(shard -> primary.equals(shard.primary()))
                .findFirst()
                .orElse(null);
    }

    Shard of(int slot) {
        return bySlot[slot];
    }

    /** Takes the call to where it belongs. */
    void route(Call<?> call) {
        Shard shard = isSingle() ? all.get(0) : bySlot[call.slot()];
        shard.commands().accept(call);
    }

    void add(Shard shard) {
        List<Shard> more = new ArrayList<>(all);
        more.add(shard);
        all = List.copyOf(more);
    }

    void remove(Shard shard) {
        all = all.stream().filter(other -> other != shard).toList();
    }

    /** Gives every slot to the shard of its primary; one that nobody serves stays where it is, if that shard is still there. */
    void assign(ClusterTopology topology) {
        for (ClusterTopology.Range range : topology.ranges()) {
            Arrays.fill(bySlot, range.first(), range.last() + 1, at(range.primary()));
        }
        for (int slot = 0; slot < bySlot.length; slot++) {
            if (!all.contains(bySlot[slot])) {
                bySlot[slot] = all.get(0);
            }
        }
    }

    /** Takes calls and subscriptions from a shard that has lost their slots to those that have them now. */
    void settle(Shard shard) {
        shard.commands().takeOut(call -> bySlot[call.slot()] != shard).forEach(this::route);
        for (PubSubLane.Kind kind : MOVABLE) {
            shard.pubSub().move(kind, name -> of(name) != shard, name -> of(name).pubSub());
        }
    }

    private boolean isSingle() {
        return all.size() == 1;
    }
}
