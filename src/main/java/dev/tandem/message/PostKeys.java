package dev.tandem.message;

import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Keys;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;

/**
 * The keys that a message is posted with: three in most rooms; all of them where the script asked for all before, as it does where a room
 * has rules or reactions, and everywhere if messages grow too old. What was asked for is remembered in a fixed number of bits, which rooms
 * share: a room that shares one that was set by another is posted to with more keys than it needs. From any thread.
 */
final class PostKeys {
    private static final int BITS = 1 << 16;
    private static final int MOST_FEW = 3;

    private static final Function<RoomId, Keys> FEW = RoomKeys.encoded(PostKeys::few);
    private static final Function<RoomId, Keys> ALL = RoomKeys.encoded(PostKeys::all);

    private final boolean always;
    private final AtomicIntegerArray asked = new AtomicIntegerArray(BITS / Integer.SIZE);

    /** {@code always} says that all keys are needed in every room. */
    PostKeys(boolean always) {
        this.always = always;
    }

    /** Whether these are all that a room may have. */
    static boolean areAll(Keys keys) {
        return keys.size() > MOST_FEW;
    }

    /** With what a message to that room is posted first. */
    Keys of(RoomId room) {
        return always || isAsked(bit(room)) ? ALL.apply(room) : FEW.apply(room);
    }

    /** With what it is posted where the script has asked for all; so is the next message to that room, at once. */
    Keys onAskedForAll(RoomId room) {
        int bit = bit(room);
        asked.accumulateAndGet(bit / Integer.SIZE, 1 << bit, (before, one) -> before | one);
        return ALL.apply(room);
    }

    private boolean isAsked(int bit) {
        return (asked.get(bit / Integer.SIZE) & 1 << bit) != 0;
    }

    private static int bit(RoomId room) {
        int hash = room.value().hashCode();
        return (hash ^ hash >>> Integer.SIZE / 2) & BITS - 1;
    }

    private static List<String> few(RoomId room) {
        return List.of(RoomKeys.details(room), RoomKeys.messages(room), RoomKeys.ids(room));
    }

    private static List<String> all(RoomId room) {
        return List.of(
                RoomKeys.details(room),
                RoomKeys.messages(room),
                RoomKeys.ids(room),
                RoomKeys.users(room),
                RoomKeys.roles(room),
                RoomKeys.bans(room),
                RoomKeys.mutes(room),
                RoomKeys.slow(room),
                RoomKeys.times(room),
                RoomKeys.reactions(room),
                RoomKeys.reactors(room));
    }
}
