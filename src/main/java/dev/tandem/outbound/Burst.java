package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The frames that one turn of an event loop has for one connection, in order. Connections that get the same frames in the same order
 * share one burst, and with it what is made of it for their wire: each burst knows the one that follows when a frame is added, so
 * that the second connection to take that step finds what the first one made.
 *
 * <p>Of one turn on one event loop; touched there only, and not kept beyond.
 */
public final class Burst {
    private final Turn turn;
    private final Burst before;
    private final Frame.Single last;
    private final int frames;
    private final int bytes;
    /** What came of the last frame that was added to this one. */
    private Burst next;

    private ByteBuf webSocket;

    private Burst(Turn turn, Burst before, Frame.Single last, int frames, int bytes) {
        this.turn = turn;
        this.before = before;
        this.last = last;
        this.frames = frames;
        this.bytes = bytes;
    }

    /** What a connection has at the beginning of a turn. */
    static Burst empty(Turn turn) {
        return new Burst(turn, null, null, 0, 0);
    }

    /** This burst, and that frame behind it. */
    Burst plus(Frame frame) {
        if (frame instanceof Frame.Single single) {
            return plus(single);
        }
        Burst all = this;
        for (Frame part : ((Frame.Sequence) frame).parts()) {
            all = all.plus(part);
        }
        return all;
    }

    private Burst plus(Frame.Single frame) {
        Burst known = next;
        if (known == null || known.last != frame) {
            known = new Burst(turn, this, frame, frames + 1, bytes + frame.bytes());
            next = known;
        }
        return known;
    }

    /** How many frames there are. */
    public int size() {
        return frames;
    }

    /** Their size, without the transport's own framing. */
    public int bytes() {
        return bytes;
    }

    /** The frames, in order. */
    public List<Frame.Single> frames() {
        List<Frame.Single> all = new ArrayList<>(frames);
        for (Burst each = this; each.last != null; each = each.before) {
            all.add(each.last);
        }
        Collections.reverse(all);
        return all;
    }

    /** All frames as those of a WebSocket, in one buffer, made once. It lives as long as the turn, unless it is retained. */
    ByteBuf webSocket(ByteBufAllocator allocator) {
        if (webSocket == null) {
            webSocket = WebSocketFrames.encode(this, allocator);
            turn.releaseAtEnd(webSocket);
        }
        return webSocket;
    }
}
