package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** One turn of an event loop: the connections that have something to write, and what it was made of. Touched on that loop only. */
final class Turn {
    private final Burst nothing = Burst.empty(this);
    private final List<Outbound> written = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private int frames;

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

    void releaseAtEnd(ByteBuf buffer) {
        buffers.add(buffer);
    }

    /** Writes everything, each connection's frames in one go. */
    void end() {
        written.forEach(Outbound::writeOrClose);
        buffers.forEach(ByteBuf::release);
    }
}
