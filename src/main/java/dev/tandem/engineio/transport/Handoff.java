package dev.tandem.engineio.transport;

import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries what is read on a socket's event loop to a session's, which is another one, in order. While more than {@link #MOST}
 * frames are on the way, the socket is not read.
 */
final class Handoff {
    static final int MOST = 16;

    private final WebSocketConnection source;
    private final Context from;
    private final Context to;
    private final AtomicInteger underWay = new AtomicInteger();

    Handoff(WebSocketConnection source, Context from, Context to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** Called on the socket's loop; {@code work} runs on the session's. */
    void pass(Runnable work) {
        if (underWay.incrementAndGet() >= MOST) {
            source.pause();
        }
        to.runOnContext(ignored -> {
            work.run();
            onDone(1);
        });
    }

    /** The socket is not read until {@link #resume}, however few are on the way. Called on the session's loop. */
    void pause() {
        underWay.addAndGet(MOST);
        from.runOnContext(ignored -> source.pause());
    }

    void resume() {
        onDone(MOST);
    }

    private void onDone(int done) {
        int left = underWay.addAndGet(-done);
        if (left < MOST && left + done >= MOST) {
            from.runOnContext(ignored -> source.resume());
        }
    }
}
