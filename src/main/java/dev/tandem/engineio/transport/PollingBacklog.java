package dev.tandem.engineio.transport;

import dev.tandem.engineio.codec.Payload;
import dev.tandem.outbound.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Frames that wait for a GET, in order. Who writes them bounds their number. */
final class PollingBacklog {

    /** A frame, and who wants to know when it has left. */
    private record Waiting(Frame.Single frame, Promise<Void> left) {}

    private final Queue<Waiting> waiting = new ArrayDeque<>();

    Future<Void> add(Frame.Single frame) {
        Promise<Void> left = Promise.promise();
        waiting.add(new Waiting(frame, left));
        return left.future();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Moves as many frames into the payload as it takes; returns who is to be told when it has left. */
    List<Promise<Void>> moveTo(Payload payload) {
        List<Promise<Void>> moved = new ArrayList<>();
        while (!waiting.isEmpty() && payload.fits(size(waiting.peek().frame()))) {
            Waiting next = waiting.poll();
            add(payload, next.frame());
            moved.add(next.left());
        }
        return moved;
    }

    void moveTo(Transport transport) {
        Waiting next;
        while ((next = waiting.poll()) != null) {
            transport.write(next.frame()).onComplete(next.left());
        }
    }

    void fail(String why) {
        Waiting next;
        while ((next = waiting.poll()) != null) {
            next.left().fail(why);
        }
    }

    private static long size(Frame frame) {
        return frame instanceof Frame.Binary ? Payload.binarySize(frame.bytes()) : frame.bytes();
    }

    private static void add(Payload payload, Frame frame) {
        if (frame instanceof Frame.Binary binary) {
            payload.addBinary(binary.data());
        } else if (frame instanceof Frame.Text text) {
            payload.addText(text.text(), text.bytes());
        }
    }
}
