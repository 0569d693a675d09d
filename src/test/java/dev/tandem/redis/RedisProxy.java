package dev.tandem.redis;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stands between a node and its Redis, and sees what they say. It knows which of the node's connections is which by the name that
 * the node gives it, and holds each QUIT until a test has looked around.
 */
public final class RedisProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;
    private final int redisPort;
    private final Consumer<String> onQuit;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    private RedisProxy(int redisPort, Consumer<String> onQuit) {
        this.redisPort = redisPort;
        this.onQuit = onQuit;
        this.server = vertx.createNetServer().connectHandler(this::onConnection);
        server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** {@code onQuit} is told the role of the connection that says QUIT, before Redis hears of it; it may block. */
    public static RedisProxy start(RedisProcess redis, Consumer<String> onQuit) {
        return new RedisProxy(redis.port(), onQuit);
    }

    public String url() {
        return "redis://127.0.0.1:" + server.actualPort();
    }

    /** What happened, in order: {@code "quit commands"}, {@code "closed commands"}, ... */
    public Queue<String> events() {
        return events;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void onConnection(NetSocket node) {
        node.pause();
        vertx.createNetClient().connect(redisPort, "127.0.0.1").onSuccess(redis -> join(node, redis));
    }

    private void join(NetSocket node, NetSocket redis) {
        String[] role = {"unnamed"};
        redis.handler(node::write);
        redis.closeHandler(closed -> {
            events.add("closed " + role[0]);
            node.close();
        });
        node.handler(bytes -> {
            String text = bytes.toString().toUpperCase(Locale.ROOT);
            if (text.contains("SETNAME")) {
                role[0] = text.contains(":PUBSUB") ? "pubsub" : "commands";
            }
            if (text.contains("QUIT")) {
                holdQuit(role[0], bytes, redis);
            } else {
                redis.write(bytes);
            }
        });
        node.closeHandler(closed -> redis.close());
        node.resume();
    }

    private void holdQuit(String role, Buffer bytes, NetSocket redis) {
        vertx.executeBlocking(() -> {
                    events.add("quit " + role);
                    onQuit.accept(role);
                    return role;
                })
                .onComplete(looked -> redis.write(bytes));
    }
}
