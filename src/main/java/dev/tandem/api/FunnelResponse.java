package dev.tandem.api;

import io.quarkus.vertx.http.runtime.filters.AbstractResponseWrapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/**
 * A response of which every way to write is one of two, {@link #write(Buffer)} and {@link #end(Buffer)}, and every way to set a header one
 * of {@link #headers}: neither files nor a connection are behind it, and it takes whatever comes.
 */
abstract class FunnelResponse extends AbstractResponseWrapper {

    FunnelResponse(HttpServerResponse outer) {
        super(outer);
    }

    @Override
    public HttpServerResponse putHeader(String name, String value) {
        headers().set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
        headers().set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(String name, Iterable<String> value) {
        headers().set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> value) {
        headers().set(name, value);
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
    public boolean closed() {
        return false;
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
    public boolean reset() {
        return reset(0);
    }

    /** Who does not want to know says null. */
    private static void tell(Future<Void> written, Handler<AsyncResult<Void>> done) {
        if (done != null) {
            written.onComplete(done);
        }
    }
}
