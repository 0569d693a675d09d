package dev.tandem.socketio.adapter;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * What was broadcast in a namespace, on whatever node, in the one order in which every node passes it on to its sockets, with {@link
 * LocalSocket#send(dev.tandem.outbound.Frame, LogPlace)}; kept for a while, for those who lost their connection. What is volatile,
 * local or wants acks is not in it. From any thread.
 */
public interface BroadcastLog {

    /**
     * Up to where this node has passed the log on to its sockets; empty while that is not known, which ends when the adapter hears of
     * other nodes, and does not come again.
     */
    Optional<LogPlace> reached();

    /**
     * All that was missed, in its order. Whoever asks has to receive already, so that what comes after the end of the answer comes by
     * itself. Completes on any thread; fails with {@link NotRecovered} if not all of that can be had, or is too much, or if broadcasts
     * that are not in the log were missed too; and as reading does.
     */
    Uni<Missed> missed(Absence absence);

    /** A socket of this node was lost, and may come back as long as the log is kept: it is not forgotten before, however quiet it is. */
    void keep();
}
