package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn of an event loop: the connections that have something to write, what that is, and what it was made of. Touched on that loop only.
 *
 * <p>A connection keeps no more than the number of its place here. It lives long, and a burst does not: a garbage collector looks at
 * everything old that was pointed at something young.
 *
 * <p>Of thousands of connections none is in the processor's caches, and each object of one says where the next is: to write one after
 * another is to wait for memory half a dozen times for each. So a few are looked at in a row before the first of them is written. Nothing
 * in between needs what the one before has found, and the processor fetches them side by side.
 */
final class Turn {
    /** So many are looked at before the first of them is written; more would be gone again before their turn. */
    private static final int LOOKED_AT = 16;

    private final Burst nothing = Burst.empty(this);
    private final List<Outbound> connections;
    /** In the same places; null where it was written, or dropped. */
    private final List<Burst> bursts;

    private final List<ByteBuf> buffers = new ArrayList<>();
    private int frames;
    private int atHand;

    /** Has room for so many connections before it grows. */
    Turn(int expected) {
        connections = new ArrayList<>(expected);
        bursts = new ArrayList<>(expected);
    }

    /** The place of what the connection has to write, which is nothing yet. It has none in this turn. */
    int begin(Outbound connection) {
        connections.add(connection);
        bursts.add(nothing);
        return bursts.size() - 1;
    }

    /** Whether that is the connection's place in this turn, and not one of another turn. */
    boolean has(Outbound connection, int place) {
        return place < connections.size() && connections.get(place) == connection;
    }

    Burst burst(int place) {
        return bursts.get(place);
    }

    void put(int place, Burst burst) {
        bursts.set(place, burst);
    }

    void drop(int place) {
        bursts.set(place, null);
    }

    /** Writes what is in that place, if anything is, which is gone then. */
    void write(int place) {
        Burst burst = bursts.set(place, null);
        if (burst != null) {
            frames += burst.size();
            connections.get(place).writeOrClose(burst);
        }
    }

    /** How many connections something was written for. */
    int size() {
        return connections.size();
    }

    /** How many frames were written for each connection that something was written for; 1 if for none. */
    double framesForEach() {
        return connections.isEmpty() ? 1 : (double) frames / connections.size();
    }

    /** How many connections could be written at once when they were looked at. */
    int atHand() {
        return atHand;
    }

    void releaseAtEnd(ByteBuf buffer) {
        buffers.add(buffer);
    }

    /** Writes everything, each connection's frames in one go. */
    void end() {
        for (int from = 0; from < connections.size(); from += LOOKED_AT) {
            int to = Math.min(from + LOOKED_AT, connections.size());
            lookAt(from, to);
            for (int place = from; place < to; place++) {
                write(place);
            }
        }
        buffers.forEach(ByteBuf::release);
    }

    /** What is found is kept: what nobody kept, a compiler would not look for. */
    private void lookAt(int from, int to) {
        for (int place = from; place < to; place++) {
            if (bursts.get(place) != null && connections.get(place).isAtHand()) {
                atHand++;
            }
        }
    }
}
