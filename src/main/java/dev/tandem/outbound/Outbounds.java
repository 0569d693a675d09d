package dev.tandem.outbound;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the way out to connections. From any thread. */
@Singleton
public class Outbounds {
    private final OutboundLimits limits;
    /** As many as there are event loops. */
    private final Map<EventLoop, OutboundLoop> loops = new ConcurrentHashMap<>();

    Outbounds(OutboundConfig config) {
        this.limits = OutboundLimits.of(config);
    }

    /** The way out over {@code wire}, which is called on the event loop of {@code context}. */
    public Outbound open(Context context, Wire wire) {
        ContextInternal home = ((ContextInternal) context).unwrap();
        OutboundLoop loop = loops.computeIfAbsent(home.nettyEventLoop(), fresh -> OutboundLoop.of(home));
        return new Outbound(loop, wire, limits);
    }
}
