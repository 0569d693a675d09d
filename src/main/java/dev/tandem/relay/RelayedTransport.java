package dev.tandem.relay;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.MalformedPacket;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The owner's end of a WebSocket that came in at another node. A frame has left when it has left there for the client; until then who
 * writes bounds it. State is touched on the session's event loop; {@code on...} are called from any thread.
 */
final class RelayedTransport implements Transport {
    private final long id;
    private final Link link;
    private final Context context;
    private final Queue<Promise<Void>> underWay = new ArrayDeque<>();
    private Listener listener = NOBODY;
    private boolean gone;
    private boolean paused;
    /** What the other node has not been told yet, past which it lets the client wait. */
    private long heard;

    RelayedTransport(long id, Link link, Context context) {
        this.id = id;
        this.link = link;
        this.context = context;
    }

    @Override
    public void hear(Listener next) {
        listener = next;
    }

    /** The other node is told of nothing that was heard, and reads no more when the {@link Window} is full. */
    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        tellHeard();
    }

    @Override
    public Future<Void> write(Frame.Single frame) {
        if (gone) {
            return Future.failedFuture("closed");
        }
        Promise<Void> left = Promise.promise();
        underWay.add(left);
        link.say(new RelayMessage.Say(List.of(id), frame));
        return left.future();
    }

    @Override
    public void close(int code, String reason) {
        if (!gone) {
            link.say(new RelayMessage.Close(id, code, reason));
        }
    }

    @Override
    public void discard() {}

    /** The client said something. */
    void onSaid(Frame frame) {
        context.runOnContext(ignored -> {
            listen(frame);
            onHeard(Window.size(frame));
        });
    }

    /** What the client says cannot be read. */
    void onComplaint(Fault fault) {
        context.runOnContext(ignored -> listener.onFault(fault));
    }

    /** So many frames more have left for the client. */
    void onTaken(long frames) {
        context.runOnContext(ignored -> {
            for (long i = 0; i < frames && !underWay.isEmpty(); i++) {
                underWay.poll().complete();
            }
        });
    }

    /** The client, or the way to it, is gone. */
    void onGone() {
        context.runOnContext(ignored -> end());
    }

    private void listen(Frame frame) {
        try {
            listener.onPacket(packet(frame));
        } catch (MalformedPacket malformed) {
            listener.onFault(Fault.MALFORMED);
        }
    }

    private static EngineIoPacket packet(Frame frame) {
        return frame instanceof Frame.Binary binary
                ? new EngineIoPacket.Binary(binary.data())
                : EngineIoCodec.decode(((Frame.Text) frame).text());
    }

    /** What is heard in one turn is told the other node at once. */
    private void onHeard(long size) {
        if (heard == 0) {
            context.runOnContext(ignored -> tellHeard());
        }
        heard += size;
    }

    private void tellHeard() {
        if (!paused && heard > 0) {
            link.say(new RelayMessage.Heard(id, heard));
            heard = 0;
        }
    }

    private void end() {
        if (!gone) {
            gone = true;
            underWay.forEach(left -> left.fail("closed"));
            underWay.clear();
            listener.onClosed();
        }
    }
}
