package dev.tandem.outbound;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection's way out: frames leave in the order of the calls, from whatever thread they come. They are counted from the
 * call until the network has taken them; a connection for which too much waits is not read, and is closed with {@link
 * #TOO_SLOW}, so that it costs a bounded amount of memory and holds up nobody.
 *
 * <p>Calls only append to a queue; the connection's own event loop empties it, so that everything that has come since its last
 * turn is written in one go.
 */
public final class Outbound {
    /** Close code: too slow to read. */
    public static final int TOO_SLOW = 4408;

    private final Context context;
    private final Wire wire;
    private final long maxBytes;
    private final int maxFrames;
    private final long volatileBytes;

    private final Queue<Frame> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();

    public Outbound(Context context, Wire wire, OutboundConfig limits) {
        this.context = context;
        this.wire = wire;
        this.maxBytes = limits.maxBytes().asLongValue();
        this.maxFrames = limits.maxFrames();
        this.volatileBytes = limits.volatileBytes().asLongValue();
    }

    /** Sends a frame, unless the connection is being closed. From any thread; returns at once. */
    public void send(Frame frame) {
        if (closing.get()) {
            return;
        }
        if (bytes.addAndGet(frame.bytes()) > maxBytes || frames.incrementAndGet() > maxFrames) {
            queue.clear();
            close(TOO_SLOW, "too slow to read");
            return;
        }
        queue.add(frame);
        schedule();
    }

    /** Sends a frame unless it, or what is before it, would have to wait for the client; then it is dropped. From any thread. */
    public void sendVolatile(Frame frame) {
        if (wire.isWritable() && bytes.get() <= volatileBytes) {
            send(frame);
        }
    }

    /** Closes the connection after what was sent before. Only the first call counts. From any thread. */
    public void close(int code, String reason) {
        if (closing.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                flush();
                wire.close(code, reason);
            });
        }
    }

    /** Bytes that wait or have not left yet. */
    public long pendingBytes() {
        return bytes.get();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                scheduled.set(false);
                flush();
            });
        }
    }

    private void flush() {
        Frame frame;
        while ((frame = queue.poll()) != null) {
            write(frame);
        }
    }

    private void write(Frame frame) {
        writeParts(frame).onComplete(left -> {
            bytes.addAndGet(-frame.bytes());
            frames.decrementAndGet();
        });
    }

    private Future<Void> writeParts(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return wire.write(text);
        } else if (frame instanceof Frame.Binary binary) {
            return wire.write(binary);
        }
        List<Future<Void>> parts =
                ((Frame.Sequence) frame).parts().stream().map(this::writeParts).toList();
        return Future.join(parts).mapEmpty();
    }
}
