package dev.tandem.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer that knows nothing of sessions: requests go to the nodes in turn, WebSocket upgrades too. A node that does not take a
 * connection is skipped.
 */
final class RoundRobinProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    /** A connection for each request, so that none is sent on one whose node is gone. */
    private final HttpClient requests =
            vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1_000).setKeepAlive(false));
    /** Leaves the Connection header alone. */
    private final HttpClient upgrades = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1_000));

    private final List<URI> targets;
    private final AtomicInteger turns = new AtomicInteger();
    private final HttpServer server;

    private RoundRobinProxy(List<URI> targets) {
        this.targets = targets;
        this.server = vertx.createHttpServer().requestHandler(this::onRequest);
    }

    static RoundRobinProxy before(TandemNode... nodes) {
        RoundRobinProxy proxy = new RoundRobinProxy(
                List.of(nodes).stream().map(node -> node.uri("/")).toList());
        proxy.server
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void onRequest(HttpServerRequest request) {
        request.pause();
        connect(request, targets.size())
                .onSuccess(forward -> forward(request, forward))
                .onFailure(nobody -> request.response().setStatusCode(502).end());
    }

    private Future<HttpClientRequest> connect(HttpServerRequest request, int attempts) {
        URI target = targets.get(Math.floorMod(turns.getAndIncrement(), targets.size()));
        HttpClient client = isUpgrade(request) ? upgrades : requests;
        Future<HttpClientRequest> connected = client.request(new RequestOptions()
                .setMethod(request.method())
                .setHost(target.getHost())
                .setPort(target.getPort())
                .setURI(request.uri()));
        return attempts == 1 ? connected : connected.recover(down -> connect(request, attempts - 1));
    }

    private void forward(HttpServerRequest request, HttpClientRequest forward) {
        forward.headers().addAll(request.headers());
        request.response().closeHandler(gone -> forward.reset());
        if (isUpgrade(request)) {
            forward.connect().onComplete(answer -> {
                if (answer.failed()) {
                    request.response().setStatusCode(502).end();
                } else if (answer.result().statusCode() == 101) {
                    tunnel(request, answer.result());
                } else {
                    answer(request, answer.result());
                }
            });
        } else {
            forward.send(request)
                    .onSuccess(answer -> answer(request, answer))
                    .onFailure(broken -> request.response().setStatusCode(502).end());
        }
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return request.getHeader("Upgrade") != null && request.getHeader("Sec-WebSocket-Key") != null;
    }

    private static void answer(HttpServerRequest request, HttpClientResponse answer) {
        request.response().setStatusCode(answer.statusCode()).headers().addAll(answer.headers());
        answer.body()
                .onSuccess(request.response()::end)
                .onFailure(broken -> request.connection().close());
    }

    private static void tunnel(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket node = answer.netSocket();
        node.pause();
        request.response().setStatusCode(101).headers().addAll(answer.headers());
        request.toNetSocket().onSuccess(client -> {
            client.handler((Buffer data) -> node.write(data));
            node.handler((Buffer data) -> client.write(data));
            client.closeHandler(closed -> node.close());
            node.closeHandler(closed -> client.close());
            node.resume();
        });
    }
}
