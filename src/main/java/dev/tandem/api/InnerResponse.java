package dev.tandem.api;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;

/** The response to an {@link InnerRequest}: kept, up to a limit, and given to who asked. Touched on the connection's event loop only. */
final class InnerResponse extends AbstractResponseWrapper {
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
    public HttpServerResponse putHeader(String name, String value) {
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(String name, Iterable<String> value) {
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> value) {
        headers.set(name, value);
        return this;
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
    public HttpServerResponse closeHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public HttpServerResponse drainHandler(Handler<Void> handler) {
        return this;
    }

    @Override
    public HttpServerResponse setWriteQueueMaxSize(int size) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public HttpServerResponse writeContinue() {
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean closed() {
        return false;
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
    public void write(Buffer data, Handler<AsyncResult<Void>> done) {
        tell(write(data), done);
    }

    @Override
    public Future<Void> write(String text) {
        return write(Buffer.buffer(text));
    }

    @Override
    public void write(String text, Handler<AsyncResult<Void>> done) {
        tell(write(text), done);
    }

    @Override
    public Future<Void> write(String text, String encoding) {
        return write(Buffer.buffer(text, encoding));
    }

    @Override
    public void write(String text, String encoding, Handler<AsyncResult<Void>> done) {
        tell(write(text, encoding), done);
    }

    @Override
    public Future<Void> end() {
        return end(Buffer.buffer());
    }

    @Override
    public void end(Handler<AsyncResult<Void>> done) {
        tell(end(), done);
    }

    @Override
    public Future<Void> end(Buffer data) {
        beginBody();
        add(data);
        finish();
        return Future.succeededFuture();
    }

    @Override
    public void end(Buffer data, Handler<AsyncResult<Void>> done) {
        tell(end(data), done);
    }

    @Override
    public Future<Void> end(String text) {
        return end(Buffer.buffer(text));
    }

    @Override
    public void end(String text, Handler<AsyncResult<Void>> done) {
        tell(end(text), done);
    }

    @Override
    public Future<Void> end(String text, String encoding) {
        return end(Buffer.buffer(text, encoding));
    }

    @Override
    public void end(String text, String encoding, Handler<AsyncResult<Void>> done) {
        tell(end(text, encoding), done);
    }

    @Override
    public Future<Void> send() {
        return end();
    }

    @Override
    public void send(Handler<AsyncResult<Void>> done) {
        tell(end(), done);
    }

    @Override
    public Future<Void> send(Buffer data) {
        return end(data);
    }

    @Override
    public void send(Buffer data, Handler<AsyncResult<Void>> done) {
        tell(end(data), done);
    }

    @Override
    public Future<Void> send(String text) {
        return end(text);
    }

    @Override
    public void send(String text, Handler<AsyncResult<Void>> done) {
        tell(end(text), done);
    }

    @Override
    public Future<Void> send(ReadStream<Buffer> stream) {
        return stream.pipeTo(this);
    }

    @Override
    public void send(ReadStream<Buffer> stream, Handler<AsyncResult<Void>> done) {
        tell(send(stream), done);
    }

    @Override
    public Future<Void> sendFile(String name, long offset, long length) {
        return Future.failedFuture("There are no files here");
    }

    @Override
    public Future<Void> sendFile(String name, long offset) {
        return sendFile(name, offset, Long.MAX_VALUE);
    }

    @Override
    public Future<Void> sendFile(String name) {
        return sendFile(name, 0);
    }

    @Override
    public void close() {
        finish();
    }

    @Override
    public boolean reset() {
        return reset(0);
    }

    @Override
    public boolean reset(long code) {
        status = 500;
        finish();
        return true;
    }

    /** Who does not want to know says null. */
    private static void tell(Future<Void> written, Handler<AsyncResult<Void>> done) {
        if (done != null) {
            written.onComplete(done);
        }
    }

    private void beginBody() {
        if (!headWritten) {
            if (headersEndHandler != null) {
                headersEndHandler.handle(null);
            }
            headWritten = true;
        }
    }

    private void add(Buffer data) {
        if (body.length() + data.length() > most) {
            tooLarge = true;
        } else {
            // Not as a buffer: what resources write is of a class that Vert.x does not take for one of its own.
            body.appendBytes(data.getBytes());
        }
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
