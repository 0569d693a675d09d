package dev.tandem.relay;

import dev.tandem.internode.NodeGone;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What goes to another node and comes from it: two directions, each with a name and a number for each batch. Where anything was not
 * sent, or not heard, everything that went over the link is over on both sides:
 *
 * <ul>
 *   <li>who could not send begins its direction anew, under another name, and so the other side knows
 *   <li>who missed something says {@link RelayMessage.Lost}, until the other side has begun anew
 * </ul>
 *
 * {@link #say} is called from any thread, all else on the pair's event loop.
 */
final class Link {

    /** Hears what the other node says, and when all that is under way is over. */
    interface Listener {
        void onMessage(RelayMessage message);

        /** Something may be missing on either side; from now on all is new. */
        void onBroken(BreakReason reason);

        /** The other node is not there; this was the link's last word. */
        void onNodeGone();
    }

    private final Listener listener;
    private final LongSupplier nanoTime;
    private final Outgoing out;
    private final Incoming in = new Incoming();
    private long lastHeard;

    Link(
            Function<Buffer, Uni<Void>> publish,
            Executor nextTurn,
            LongSupplier names,
            LongSupplier nanoTime,
            Listener listener) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.out = new Outgoing(publish, nextTurn, names, this::onUnsent);
        this.lastHeard = nanoTime.getAsLong();
    }

    /** The other node hears it, after what was said before; or the link breaks. */
    void say(RelayMessage message) {
        out.say(message);
    }

    void hear(Buffer body) {
        try {
            hear(RelayCodec.decode(body));
        } catch (MalformedBatch malformed) {
            lose(BreakReason.MALFORMED);
        }
    }

    /** What the other node said may not have been heard. */
    void onDeaf() {
        lose(BreakReason.DEAF);
    }

    /** Says that this node is there; the link breaks if the other has said nothing for so long. */
    void beat(Duration silence) {
        if (nanoTime.getAsLong() - lastHeard > silence.toNanos()) {
            lose(BreakReason.SILENT);
        } else if (in.lost() != Incoming.NONE) {
            out.say(new RelayMessage.Lost(in.lost()));
        }
        out.beat();
    }

    private void hear(Batch batch) {
        switch (in.on(batch)) {
            case NEXT, FIRST -> deliver(batch);
            case ANEW -> {
                listener.onBroken(BreakReason.ANEW);
                deliver(batch);
            }
            case LOST -> lose(BreakReason.GAP);
            case LATE -> onLate(batch);
        }
    }

    private void deliver(Batch batch) {
        lastHeard = nanoTime.getAsLong();
        for (RelayMessage message : batch.messages()) {
            if (message instanceof RelayMessage.Lost lost) {
                onLost(lost.link());
            } else {
                listener.onMessage(message);
            }
        }
    }

    /** Both sides may have missed something: each hears the other's complaint in a direction that it has given up. */
    private void onLate(Batch batch) {
        for (RelayMessage message : batch.messages()) {
            if (message instanceof RelayMessage.Lost lost) {
                onLost(lost.link());
            }
        }
    }

    private void lose(BreakReason reason) {
        lastHeard = nanoTime.getAsLong();
        in.lose();
        listener.onBroken(reason);
        if (in.lost() != Incoming.NONE) {
            out.say(new RelayMessage.Lost(in.lost()));
        }
    }

    private void onLost(long name) {
        if (name == out.name()) {
            out.beginAnew();
            listener.onBroken(BreakReason.LOST);
            out.beat();
        }
    }

    private void onUnsent(long name, Throwable failure) {
        if (name != out.name()) {
            return;
        }
        if (failure instanceof NodeGone) {
            out.close();
            listener.onNodeGone();
        } else {
            out.beginAnew();
            listener.onBroken(BreakReason.UNSENT);
        }
    }
}
