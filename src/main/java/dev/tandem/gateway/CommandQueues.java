package dev.tandem.gateway;

import dev.tandem.redis.RedisPair;
import dev.tandem.redis.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the queues of commands, with what those on the same event loop have in common. From any thread. */
@Singleton
class CommandQueues {
    private final GatewayConfig config;
    private final RedisPair pair;
    private final Counter pauses;
    /** As many as there are event loops. */
    private final Map<EventLoop, CommandQueue.Bounds> bounds = new ConcurrentHashMap<>();

    CommandQueues(GatewayConfig config, RedisPair pair, MeterRegistry registry) {
        if (config.maxCommandsUnderWay() < 1) {
            throw new IllegalStateException("tandem.gateway.max-commands-under-way must be at least 1");
        }
        this.config = config;
        this.pair = pair;
        this.pauses = Counter.builder("tandem.sockets.pauses")
                .description("How often a client had to wait, as too many of its commands did")
                .register(registry);
    }

    /** For what comes over that connection, which lives on {@code context}. */
    CommandQueue open(Context context, Connection source) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        return new CommandQueue(context, bounds.computeIfAbsent(loop, this::bounds), source);
    }

    private CommandQueue.Bounds bounds(EventLoop loop) {
        Bulkhead bulkhead = new Bulkhead(config.maxCommandsUnderWay(), () -> !pair.isConnected(Role.COMMANDS));
        return new CommandQueue.Bounds(config.maxPendingCommands(), bulkhead, pauses::increment);
    }
}
