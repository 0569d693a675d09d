package dev.tandem.gateway.sse;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.Refusal;
import dev.tandem.error.TandemException;
import dev.tandem.gateway.Door;
import dev.tandem.gateway.LobbyReaders;
import dev.tandem.gateway.OpenConnections;
import dev.tandem.gateway.Place;
import dev.tandem.gateway.RoomReaders;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.id.RoomId;
import dev.tandem.origin.Origins;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Outbounds;
import dev.tandem.room.Actor;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.LiveCallers;
import dev.tandem.session.Permission;
import dev.tandem.user.Guests;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A room, or what becomes of the public rooms, as Server-Sent Events, for those who may read it. Messages have the id {@code
 * <epoch>:<seq>}, by which a reader that comes back gets what it missed; so has a {@code reset}. From any thread; each reader is served on
 * its connection's event loop.
 */
@Singleton
public class RoomStreams implements Door {
    private static final Frame HEARTBEAT = Frame.of(":\n\n");
    private static final int GOING_AWAY = 1001;
    private static final int UNAUTHENTICATED = 4401;

    private final RoomReaders readers;
    private final LobbyReaders lobby;
    private final Callers callers;
    private final LiveCallers live;
    private final Guests guests;
    private final Origins origins;
    private final Outbounds outbounds;
    private final StreamConfig config;
    private final Vertx vertx;
    private final OpenConnections open;

    RoomStreams(
            RoomReaders readers,
            LobbyReaders lobby,
            Callers callers,
            LiveCallers live,
            Guests guests,
            Origins origins,
            Outbounds outbounds,
            StreamConfig config,
            Vertx vertx,
            MeterRegistry registry) {
        this.readers = readers;
        this.lobby = lobby;
        this.callers = callers;
        this.live = live;
        this.guests = guests;
        this.origins = origins;
        this.outbounds = outbounds;
        this.config = config;
        this.vertx = vertx;
        this.open = new OpenConnections(label(), GOING_AWAY, registry);
    }

    void mount(@Observes Router router) {
        router.get("/api/rooms/:room/stream").handler(call -> onRequest(call, this::room));
        router.get("/api/lobby/stream").handler(call -> onRequest(call, this::lobby));
    }

    /** At stop: takes nobody in any more, and ends every stream, which makes readers come back to another node. */
    public void drain() {
        open.drain();
    }

    /** Streams that are open. */
    public int size() {
        return open.size();
    }

    @Override
    public String label() {
        return "sse";
    }

    @Override
    public Frame encode(ServerFrame.Event event) {
        Place place = event.place();
        String id = place == null || place.room() == null ? "" : "id: " + place.epoch() + ":" + place.seq() + "\n";
        return Frame.of(id + "event: " + event.name() + "\ndata: " + event.json() + "\n\n");
    }

    private Uni<Streamed> room(RoutingContext call, RoomReaders.Reader reader) {
        RoomId room = new RoomId(call.pathParam("room"));
        return readers.open(reader, room, LastSeen.of(call.request())).map(Streamed::of);
    }

    private Uni<Streamed> lobby(RoutingContext call, RoomReaders.Reader reader) {
        return lobby.open(reader, FirstPage.limit(call.request())).map(Streamed::of);
    }

    private void onRequest(RoutingContext call, Streamed.Source source) {
        Context context = vertx.getOrCreateContext();
        Outbound outbound = outbounds.open(context, new EventStreamWire(call.request(), call.response()));
        Uni.createFrom()
                .deferred(() -> open(call, source, context, outbound))
                .subscribe()
                .with(
                        opened -> context.runOnContext(turn -> begin(call, outbound, opened)),
                        failure -> context.runOnContext(turn -> refuse(call, failure)));
    }

    /** Who reads, and what. */
    private record Opened(Optional<Caller> caller, Streamed streamed) {}

    private Uni<Opened> open(RoutingContext call, Streamed.Source source, Context context, Outbound outbound) {
        if (open.isDraining() || open.size() >= config.maxReaders()) {
            throw new TandemException(ErrorCode.OVERLOADED, "This node takes no more readers.");
        }
        HttpServerRequest request = call.request();
        return callers.find(Credentials.of(request, origins.trusts(request)))
                .invoke(this::require)
                .chain(caller -> source.open(call, reader(caller, context, outbound))
                        .map(streamed -> new Opened(caller, streamed)));
    }

    private void require(Optional<Caller> caller) {
        if (caller.isEmpty() && !callers.guestsAreWelcome()) {
            throw TandemException.unauthenticated("Who is calling must be proved.");
        }
        caller.ifPresent(known -> known.require(Permission.READ));
    }

    private RoomReaders.Reader reader(Optional<Caller> caller, Context context, Outbound outbound) {
        Actor actor =
                caller.map(known -> Actor.of(known.user(), known.isOperator())).orElse(Actor.NOBODY);
        Caller reader = caller.orElseGet(() -> new Caller.Passing(guests.mint()));
        return new RoomReaders.Reader(reader, actor, this, context, new StreamConnection(outbound, context));
    }

    private void begin(RoutingContext call, Outbound outbound, Opened opened) {
        HttpServerResponse response = call.response();
        Streamed streamed = opened.streamed();
        if (response.closed() || !channel(call).isActive()) {
            streamed.close().run();
            return;
        }
        origins.mark(call.request());
        response.setChunked(true);
        response.putHeader("Content-Type", "text/event-stream;charset=UTF-8");
        response.putHeader("Cache-Control", "no-store").putHeader("X-Accel-Buffering", "no");
        long heartbeat = vertx.setPeriodic(config.heartbeat().toMillis(), timer -> outbound.sendVolatile(HEARTBEAT));
        Runnable departure = opened.caller()
                .map(caller -> live.add(caller, () -> outbound.close(UNAUTHENTICATED, "unauthenticated")))
                .orElse(() -> {});
        AtomicBoolean over = new AtomicBoolean();
        Handler<Void> end = turn -> {
            if (over.compareAndSet(false, true)) {
                vertx.cancelTimer(heartbeat);
                departure.run();
                open.remove(outbound);
                streamed.close().run();
            }
        };
        call.addEndHandler(ended -> end.handle(null));
        listenToChannel(call, end);
        // It has been held back until somebody wants it; until it is read, its connection is not seen to close.
        call.request().resume();
        open.add(outbound);
        outbound.send(greeting(streamed));
        streamed.begin().run();
    }

    /**
     * Of a reader that has begun to ask for something else, and goes in the middle of that, the response is not told; the channel is. Over
     * HTTP/2 it carries others too, and the response hears of its own stream.
     */
    private void listenToChannel(RoutingContext call, Handler<Void> end) {
        if (call.request().version() != HttpVersion.HTTP_2) {
            Context context = vertx.getOrCreateContext();
            channel(call).closeFuture().addListener(closed -> context.runOnContext(end));
        }
    }

    private static Channel channel(RoutingContext call) {
        return ((ConnectionBase) call.request().connection()).channel();
    }

    /** How to come back, and to what. */
    private Frame greeting(Streamed streamed) {
        String retry = "retry: " + config.retry().toMillis() + "\n";
        return Frame.of(streamed.id().isEmpty() ? retry + "\n" : retry + "id: " + streamed.id() + "\n\n");
    }

    private static void refuse(RoutingContext call, Throwable failure) {
        if (!call.response().closed()) {
            call.put(Refusal.KEY, TandemException.of(failure));
            call.next();
        }
    }
}
