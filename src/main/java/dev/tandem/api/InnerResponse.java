package dev.tandem.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/** The response to an {@link InnerRequest}: kept, up to a limit, and given to who asked. Touched on the connection's event loop only. */
final class InnerResponse extends FunnelResponse {
    private final int most;
    private final Consumer<InnerAnswer> onEnd;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final Buffer body = Buffer.buffer();
    private int status = 200;
    private String message;
    private boolean chunked;
    private boolean tooLarge;
    private boolean headWritten;
    private boolean ended;
    private Handler<Void> headersEndHandler;
    private Handler<Void> bodyEndHandler;
    private Handler<Void> endHandler;

    InnerResponse(HttpServerResponse outer, int most, Consumer<InnerAnswer> onEnd) {
        super(outer);
        this.most = most;
        this.onEnd = onEnd;
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public HttpServerResponse setStatusCode(int code) {
        status = code;
        return this;
    }

    @Override
    public String getStatusMessage() {
        return message;
    }

    @Override
    public HttpServerResponse setStatusMessage(String text) {
        message = text;
        return this;
    }

    @Override
    public HttpServerResponse setChunked(boolean given) {
        chunked = given;
        return this;
    }

    @Override
    public boolean isChunked() {
        return chunked;
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public HttpServerResponse headersEndHandler(Handler<Void> handler) {
        headersEndHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse bodyEndHandler(Handler<Void> handler) {
        bodyEndHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse endHandler(Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean headWritten() {
        return headWritten;
    }

    @Override
    public long bytesWritten() {
        return body.length();
    }

    @Override
    public Future<Void> writeHead() {
        beginBody();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> write(Buffer data) {
        beginBody();
        add(data);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end(Buffer data) {
        beginBody();
        add(data);
        finish();
        return Future.succeededFuture();
    }

    @Override
    public void close() {
        finish();
    }

    @Override
    public boolean reset(long code) {
        status = 500;
        finish();
        return true;
    }

    private void beginBody() {
        if (!headWritten) {
            if (headersEndHandler != null) {
                headersEndHandler.handle(null);
            }
            headWritten = true;
        }
    }

    /** What is written is released, as the network does: resources write buffers of a pool, which else gets them never again. */
    private void add(Buffer data) {
        if (body.length() + data.length() > most) {
            tooLarge = true;
        } else {
            // Not as a buffer: what resources write is of a class that Vert.x does not take for one of its own.
            body.appendBytes(data.getBytes());
        }
        data.getByteBuf().release();
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        onEnd.accept(new InnerAnswer(status, headers, body, tooLarge));
        if (bodyEndHandler != null) {
            bodyEndHandler.handle(null);
        }
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }
}
