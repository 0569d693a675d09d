package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body before a resource does. On the connection's event loop. */
final class CallBody {
    private final int most;
    private final UniEmitter<? super Buffer> emitter;
    private final Buffer body = Buffer.buffer();
    private boolean over;

    private CallBody(int most, UniEmitter<? super Buffer> emitter) {
        this.most = most;
        this.emitter = emitter;
    }

    /**
     * Completes with the body; fails with {@code payload_too_large} once it is, after which the rest is thrown away, and as the connection
     * does, if the client goes away.
     */
    static Uni<Buffer> read(HttpServerRequest request, int most) {
        return Uni.createFrom().emitter(emitter -> {
            CallBody reading = new CallBody(most, emitter);
            request.exceptionHandler(emitter::fail);
            request.endHandler(end -> emitter.complete(reading.body));
            request.handler(reading::onPart);
            request.resume();
        });
    }

    private void onPart(Buffer part) {
        if (over) {
            return;
        }
        if (body.length() + part.length() > most) {
            over = true;
            emitter.fail(
                    new TandemException(ErrorCode.PAYLOAD_TOO_LARGE, "The body must have at most " + most + " bytes."));
        } else {
            body.appendBuffer(part);
        }
    }
}
