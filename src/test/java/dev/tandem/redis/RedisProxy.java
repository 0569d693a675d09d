package dev.tandem.redis;

import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Stands between a node and its Redis: sees what they say, and cuts, stalls, delays or half-closes each of the node's connections by
 * its role, which it knows by the name that the node gives the connection.
 */
public final class RedisProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        TO_REDIS,
        TO_NODE
    }

    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;
    private final int redisPort;
    private final Consumer<String> onQuit;
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

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

    public static RedisProxy start(RedisProcess redis) {
        return new RedisProxy(redis.port(), role -> {});
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

    /** The connections that the node has open at this moment. */
    public int open() {
        return pipes.size();
    }

    /** The most connections that the node ever had open at once. */
    public int mostOpen() {
        return most.get();
    }

    /** Closes both ends of the node's connection of that role. */
    public void cut(String role) {
        pipes(role).forEach(Pipe::close);
    }

    /** Passes no more bytes that way, and says nothing about it, until {@link #release}. */
    public void stall(String role, Direction direction) {
        pipes(role).forEach(pipe -> pipe.way(direction).stall());
    }

    /** Passes what was held back, and all that comes. */
    public void release(String role, Direction direction) {
        pipes(role).forEach(pipe -> pipe.way(direction).release());
    }

    /** The same for every connection of that role, also those to come, until {@link #releaseAll}. */
    public void stallAll(String role, Direction direction) {
        stalled.add(role + direction);
        stall(role, direction);
    }

    public void releaseAll(String role, Direction direction) {
        stalled.remove(role + direction);
        release(role, direction);
    }

    /** Passes each piece later by so many milliseconds, from now on, on the present connection. */
    public void delay(String role, int millis) {
        for (Direction direction : Direction.values()) {
            pipes(role).forEach(pipe -> pipe.way(direction).delayMillis = millis);
        }
    }

    /** Ends the stream that way, while the other way stays open. */
    public void halfClose(String role, Direction direction) {
        pipes(role).forEach(pipe -> pipe.way(direction).halfClose());
    }

    /** Closes every new connection at once, as long as {@code refuse} holds. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private List<Pipe> pipes(String role) {
        return pipes.stream().filter(pipe -> pipe.role.equals(role)).toList();
    }

    private void onConnection(NetSocket node) {
        if (refusing) {
            node.close();
            return;
        }
        node.pause();
        vertx.createNetClient()
                .connect(redisPort, "127.0.0.1")
                .onSuccess(redis -> new Pipe(node, redis).open())
                .onFailure(noRedis -> node.close());
    }

    /** One connection of the node, and the one to Redis that belongs to it. */
    private final class Pipe {
        private final NetSocket node;
        private final NetSocket redis;
        private final Way toRedis;
        private final Way toNode;
        private volatile String role = "unnamed";

        Pipe(NetSocket node, NetSocket redis) {
            this.node = node;
            this.redis = redis;
            this.toRedis = new Way(redis);
            this.toNode = new Way(node);
        }

        void open() {
            pipes.add(this);
            most.accumulateAndGet(pipes.size(), Math::max);
            redis.handler(toNode::pass);
            redis.closeHandler(closed -> {
                events.add("closed " + role);
                close();
            });
            node.handler(this::onNodeSaid);
            node.closeHandler(closed -> close());
            node.resume();
        }

        Way way(Direction direction) {
            return direction == Direction.TO_REDIS ? toRedis : toNode;
        }

        void close() {
            pipes.remove(this);
            node.close();
            redis.close();
        }

        private void onNodeSaid(Buffer bytes) {
            String text = bytes.toString().toUpperCase(Locale.ROOT);
            if (text.contains("SETNAME")) {
                role = text.contains(":PUBSUB") ? "pubsub" : "commands";
                for (Direction direction : Direction.values()) {
                    if (stalled.contains(role + direction)) {
                        way(direction).stall();
                    }
                }
            }
            if (text.contains("$4\r\nQUIT\r\n")) {
                holdQuit(bytes);
            } else {
                toRedis.pass(bytes);
            }
        }

        private void holdQuit(Buffer bytes) {
            vertx.executeBlocking(() -> {
                        events.add("quit " + role);
                        onQuit.accept(role);
                        return role;
                    })
                    .onComplete(looked -> redis.write(bytes));
        }
    }

    /**
     * One way of a pipe. What is stalled is held here and not in the sockets, so that the proxy still sees when one of them closes.
     */
    private final class Way {
        private final NetSocket to;
        private final List<Buffer> held = new ArrayList<>();
        private boolean stalled;
        private volatile int delayMillis;

        Way(NetSocket to) {
            this.to = to;
        }

        synchronized void pass(Buffer bytes) {
            if (stalled) {
                held.add(bytes);
            } else if (delayMillis == 0) {
                to.write(bytes);
            } else {
                vertx.setTimer(delayMillis, later -> to.write(bytes));
            }
        }

        synchronized void stall() {
            stalled = true;
        }

        synchronized void release() {
            stalled = false;
            held.forEach(to::write);
            held.clear();
        }

        void halfClose() {
            ((DuplexChannel) ((NetSocketInternal) to).channelHandlerContext().channel()).shutdownOutput();
        }
    }
}
