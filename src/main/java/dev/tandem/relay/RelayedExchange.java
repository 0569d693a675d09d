package dev.tandem.relay;

import dev.tandem.engineio.EngineIoSession;
import dev.tandem.engineio.transport.PayloadTooLarge;
import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.PollingExchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** The owner's end of a request that came in at another node. From any thread. */
final class RelayedExchange implements PollingExchange {
    private static final String GONE = "The client is gone.";

    private final long id;
    private final Link link;
    private final EngineIoSession session;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Promise<Void> left = Promise.promise();
    private final Promise<Buffer> body = Promise.promise();

    RelayedExchange(long id, Link link, EngineIoSession session) {
        this.id = id;
        this.link = link;
        this.session = session;
    }

    /** The body of a POST, as {@link EngineIoSession#post} wants it. */
    Future<Buffer> body() {
        return body.future();
    }

    void onBody(RelayMessage.Body read) {
        switch (read.state()) {
            case WHOLE -> body.tryComplete(read.data());
            case TOO_LARGE -> body.tryFail(new PayloadTooLarge());
            case CUT -> body.tryFail(GONE);
        }
    }

    @Override
    public Future<Void> answer(PollingAnswer answer) {
        if (answered.compareAndSet(false, true)) {
            link.say(new RelayMessage.Answered(id, answer));
        }
        return left.future();
    }

    /** The client has the answer, or will not get it. */
    void onLeft(boolean arrived) {
        if (arrived) {
            left.tryComplete();
        } else {
            left.tryFail(GONE);
        }
    }

    /** The client, or the node to which it came, is gone. */
    void abort() {
        left.tryFail(GONE);
        body.tryFail(GONE);
        session.abort(this);
    }

    /** The node at which it came in stops. */
    void release() {
        session.letGo(this);
    }
}
