package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * One turn of an event loop: the connections that have something to write, and what it was made of. Touched on that loop only.
 *
 * <p>Of thousands of connections none is in the processor's caches, and each object of one says where the next is: to write one after
 * another is to wait for memory half a dozen times for each. So a few are looked at in a row before the first of them is written. Nothing
 * in between needs what the one before has found, and the processor fetches them side by side.
 */
final class Turn {
    /** So many are looked at before the first of them is written; more would be gone again before their turn. */
    private static final int LOOKED_AT = 16;

    private final Burst nothing = Burst.empty(this);
    private final List<Outbound> written = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private int frames;
    private int atHand;

    /** What the connection has to write now that its first frame of this turn has come. */
    Burst begin(Outbound outbound) {
        written.add(outbound);
        return nothing;
    }

    void onWritten(Burst burst) {
        frames += burst.size();
    }

    /** How many frames were written for each connection that something was written for; 1 if for none. */
    double framesForEach() {
        return written.isEmpty() ? 1 : (double) frames / written.size();
    }

    /** How many could be written at once when they were looked at. */
    int atHand() {
        return atHand;
    }

    void releaseAtEnd(ByteBuf buffer) {
        buffers.add(buffer);
    }

    /** Writes everything, each connection's frames in one go. */
    void end() {
        for (int from = 0; from < written.size(); from += LOOKED_AT) {
            List<Outbound> next = written.subList(from, Math.min(from + LOOKED_AT, written.size()));
            lookAt(next);
            next.forEach(Outbound::writeOrClose);
        }
        buffers.forEach(ByteBuf::release);
    }

    /** What is found is kept: what nobody kept, a compiler would not look for. */
    private void lookAt(List<Outbound> next) {
        for (Outbound each : next) {
            if (each.isAtHand()) {
                atHand++;
            }
        }
    }
}
