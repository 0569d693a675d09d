package dev.tandem.heartbeat;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The heartbeats of connections that are all pinged alike. From any thread. */
public final class Heartbeats {
    private final Vertx vertx;
    private final Duration interval;
    private final Duration timeout;
    /** As many as there are event loops. */
    private final Map<EventLoop, HeartbeatLoop> loops = new ConcurrentHashMap<>();

    /** Each is pinged after {@code interval}, and has {@code timeout} to answer: both at least a millisecond. */
    public Heartbeats(Vertx vertx, Duration interval, Duration timeout) {
        this.vertx = vertx;
        this.interval = interval;
        this.timeout = timeout;
    }

    /** A heartbeat on the event loop of {@code context}; it has not begun yet. */
    public Heartbeat of(Context context, Heartbeat.Owner owner) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        return new Heartbeat(loops.computeIfAbsent(loop, this::begin), owner);
    }

    private HeartbeatLoop begin(EventLoop loop) {
        return new HeartbeatLoop(vertx, interval, timeout, System::nanoTime);
    }
}
