package dev.tandem.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.NetSocket;

/**
 * A request within a request: over the same connection, by the same caller, with a method, a target, headers and a body of its own.
 * Touched on the connection's event loop only.
 */
final class InnerRequest extends HttpServerRequestWrapper {
    private final HttpMethod method;
    private final String uri;
    private final MultiMap headers;
    private final Buffer body;
    private final HttpServerResponse response;
    private final Context context;
    private final MultiMap params = MultiMap.caseInsensitiveMultiMap();
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private boolean paused;
    private boolean delivered;
    private boolean ended;

    InnerRequest(
            HttpServerRequest outer,
            HttpMethod method,
            String uri,
            MultiMap headers,
            Buffer body,
            HttpServerResponse response,
            Context context) {
        super((HttpServerRequestInternal) outer);
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.response = response;
        this.context = context;
        new QueryStringDecoder(uri).parameters().forEach(params::add);
    }

    @Override
    public HttpMethod method() {
        return method;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    @Override
    public String query() {
        int query = uri.indexOf('?');
        return query < 0 ? null : uri.substring(query + 1);
    }

    @Override
    public String absoluteURI() {
        return scheme() + "://" + authority() + uri;
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public MultiMap params(boolean semicolonIsNormalChar) {
        return params;
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }

    @Override
    public long bytesRead() {
        return body.length();
    }

    @Override
    public Future<Buffer> body() {
        delivered = true;
        ended = true;
        return Future.succeededFuture(body);
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public HttpServerRequest handler(Handler<Buffer> given) {
        handler = given;
        flow();
        return this;
    }

    @Override
    public HttpServerRequest endHandler(Handler<Void> given) {
        endHandler = given;
        flow();
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(Handler<Throwable> given) {
        return this;
    }

    @Override
    public HttpServerRequest pause() {
        paused = true;
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        paused = false;
        flow();
        return this;
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        return resume();
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return Future.failedFuture("There is no socket of its own");
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return Future.failedFuture("There is no socket of its own");
    }

    /** Later, as with a request from the network: who has set one handler has not yet set the other. */
    private void flow() {
        context.runOnContext(turn -> {
            if (!paused && handler != null && !delivered) {
                delivered = true;
                if (body.length() > 0) {
                    handler.handle(body);
                }
            }
            if (!paused && endHandler != null && (delivered || body.length() == 0) && !ended) {
                ended = true;
                endHandler.handle(null);
            }
        });
    }
}
