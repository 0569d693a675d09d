package dev.tandem.engineio;

import dev.tandem.engineio.transport.PayloadTooLarge;
import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.PollingExchange;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A request that came in here. Created on the request's event loop. */
final class HttpExchange implements PollingExchange {
    /** Of a body that is too long, so many times as much is read as there may be, so that the client hears of it; then it is cut. */
    private static final int PATIENCE = 16;

    private final HttpServerRequest request;
    private final Context context;

    HttpExchange(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
    }

    HttpServerRequest request() {
        return request;
    }

    /** The request's event loop. */
    Context context() {
        return context;
    }

    @Override
    public Future<Void> answer(PollingAnswer answer) {
        Promise<Void> left = Promise.promise();
        context.runOnContext(ignored -> write(answer, left));
        return left.future();
    }

    /** {@code gone} is run if the client goes away before the answer. */
    void onAbort(Runnable gone) {
        request.response().closeHandler(closed -> gone.run());
    }

    /** The body, which fails with {@link PayloadTooLarge} if it has more than {@code most} bytes, or if the client goes away. */
    Future<Buffer> body(int most) {
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        long[] size = {0};
        request.handler(chunk -> {
            size[0] += chunk.length();
            if (size[0] <= most) {
                read.appendBuffer(chunk);
            } else if (!body.tryFail(new PayloadTooLarge()) && size[0] > (long) PATIENCE * most) {
                request.connection().close();
            }
        });
        request.endHandler(ended -> body.tryComplete(read));
        request.exceptionHandler(body::tryFail);
        request.resume();
        return body.future();
    }

    private void write(PollingAnswer answer, Promise<Void> left) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            left.fail("closed");
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store")
                .end(answer.body())
                .onComplete(left);
        request.resume();
    }
}
