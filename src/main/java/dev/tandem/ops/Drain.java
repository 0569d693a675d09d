package dev.tandem.ops;

import dev.tandem.engineio.EngineIoServer;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.sse.RoomStreams;
import dev.tandem.gateway.websocket.PlainConnections;
import dev.tandem.presence.Presence;
import dev.tandem.redis.RedisPair;
import dev.tandem.relay.Relay;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * The order in which a node stops, from readiness, which is false by now, to the closing of HTTP, which follows:
 *
 * <ol>
 *   <li>jobs stop
 *   <li>clients are told to come back, which brings them to another node
 *   <li>nobody is present through this node any more, and of each client is kept what it may come back to, and when it was last seen
 *   <li>commands under way end, QUIT on the command connection, QUIT on the pub/sub connection
 * </ol>
 *
 * Each step has a limit; one that fails does not keep the next from being taken.
 */
@Singleton
class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration SOCKETS = Duration.ofSeconds(2);
    private static final Duration PRESENCE = Duration.ofSeconds(2);
    private static final Duration LEAVING = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final long ALL_SECONDS = 10;

    private final Scheduler scheduler;
    private final EngineIoServer engineIo;
    private final Relay relay;
    private final PlainConnections plain;
    private final RoomStreams streams;
    private final Gateway gateway;
    private final Presence presence;
    private final RedisPair pair;

    Drain(
            Scheduler scheduler,
            EngineIoServer engineIo,
            Relay relay,
            PlainConnections plain,
            RoomStreams streams,
            Gateway gateway,
            Presence presence,
            RedisPair pair) {
        this.scheduler = scheduler;
        this.engineIo = engineIo;
        this.relay = relay;
        this.plain = plain;
        this.streams = streams;
        this.gateway = gateway;
        this.presence = presence;
        this.pair = pair;
    }

    /** Holds the shutdown's own thread, on which nothing else runs, until all is done. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        CompletableFuture<Void> done = stopJobs()
                .chain(this::sendClientsAway)
                .chain(this::leaveRooms)
                .chain(this::closePair)
                .subscribeAsCompletionStage()
                .toCompletableFuture();
        try {
            done.get(ALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.error("The node could not be drained", failure);
        }
    }

    private Uni<Void> stopJobs() {
        LOG.info("Drain: step=jobs");
        scheduler.pause();
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> sendClientsAway() {
        LOG.infof("Drain: step=sockets open=%d", open());
        engineIo.drain();
        relay.drain();
        plain.drain();
        streams.drain();
        return untilNone(this::open, SOCKETS);
    }

    private Uni<Void> leaveRooms() {
        LOG.info("Drain: step=presence");
        return presence.release()
                .ifNoItem()
                .after(PRESENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warn("Presence is left to the reaper", failure))
                .onFailure()
                .recoverWithNull()
                .chain(() -> untilNone(gateway::leaving, LEAVING));
    }

    private Uni<Void> closePair() {
        LOG.infof("Drain: step=redis leaving=%d", gateway.leaving());
        return pair.close().invoke(() -> LOG.info("Drain: step=done"));
    }

    /** Completes when there are none any more, or when the time is up. */
    private static Uni<Void> untilNone(IntSupplier some, Duration limit) {
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .filter(tick -> some.getAsInt() == 0)
                .toUni()
                .ifNoItem()
                .after(limit)
                .recoverWithItem(0L)
                .replaceWithVoid();
    }

    private int open() {
        return engineIo.size() + relay.size() + plain.size() + streams.size();
    }
}
