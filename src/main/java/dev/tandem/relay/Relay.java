package dev.tandem.relay;

import dev.tandem.engineio.EngineIoConfig;
import dev.tandem.engineio.RemoteSessions;
import dev.tandem.engineio.SessionId;
import dev.tandem.engineio.SessionRegistry;
import dev.tandem.engineio.transport.PayloadTooLarge;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.id.NodeId;
import dev.tandem.internode.Nodes;
import dev.tandem.outbound.Outbounds;
import dev.tandem.redis.RedisLoop;
import dev.tandem.relay.RelayMessage.Body;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/** Passes on what clients ask of sessions that other nodes own, and answers what other nodes pass on. From any thread. */
@Singleton
public class Relay implements RemoteSessions {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final String SUBJECT = "relay";
    /** Beyond the time within which a session has something to say to a client that waits. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final Nodes nodes;
    private final RedisLoop loop;
    private final Vertx vertx;
    private final SessionRegistry sessions;
    private final Outbounds outbounds;
    private final RelayConfig config;
    private final RelayMeters meters;
    private final long patience;
    private final Map<NodeId, Peer> peers = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean draining;

    Relay(
            Nodes nodes,
            RedisLoop loop,
            Vertx vertx,
            SessionRegistry sessions,
            EngineIoConfig engineIo,
            Outbounds outbounds,
            RelayConfig config,
            RelayMeters meters) {
        this.nodes = nodes;
        this.loop = loop;
        this.vertx = vertx;
        this.sessions = sessions;
        this.outbounds = outbounds;
        this.config = config;
        this.meters = meters;
        this.patience =
                engineIo.pingInterval().plus(engineIo.pingTimeout()).plus(SLACK).toNanos();
    }

    void start(@Observes StartupEvent event) {
        meters.watch(() -> count(EntryEnd::requests), () -> count(EntryEnd::sockets));
        nodes.onTell(SUBJECT, (from, body) -> peer(from).link().hear(body));
        nodes.onDeaf(() -> everybody().forEach(peer -> peer.link().onDeaf()));
        loop.execute(() -> vertx.setPeriodic(config.beatEvery().toMillis(), timer -> beat()));
    }

    @Override
    public Runnable poll(SessionId session, PollingExchange exchange) {
        long id = ids.incrementAndGet();
        RelayMessage.Poll poll = new RelayMessage.Poll(id, session.toString());
        pass("poll", session, exchange, entry -> entry.ask(poll, exchange, deadline()));
        return () -> entry(session, entry -> entry.abort(id));
    }

    @Override
    public void post(SessionId session, PollingExchange exchange, String contentType, Future<Buffer> body) {
        long id = ids.incrementAndGet();
        String type = contentType == null ? "" : contentType;
        RelayMessage.Post post = new RelayMessage.Post(id, session.toString(), type);
        pass("post", session, exchange, entry -> entry.ask(post, exchange, deadline()));
        body.onComplete(read -> entry(session, entry -> entry.onBody(body(id, read))));
    }

    @Override
    public void upgrade(SessionId session, Context context, PollingExchange exchange, Consumer<Upgrade> accepted) {
        long id = ids.incrementAndGet();
        RelayMessage.Open open = new RelayMessage.Open(id, session.toString());
        pass("upgrade", session, exchange, entry -> entry.ask(open, exchange, deadline(), context, accepted));
    }

    /**
     * At stop: passes nothing on any more, and tells clients whose session is elsewhere to come back; one that polls is only told to
     * poll again, its session lives on.
     */
    public void drain() {
        draining = true;
        loop.execute(() -> everybody().forEach(peer -> peer.entry().drain()));
    }

    /** Requests and sockets that came in here for other nodes. */
    public int size() {
        return count(EntryEnd::requests) + count(EntryEnd::sockets);
    }

    private void pass(String kind, SessionId session, PollingExchange exchange, Consumer<EntryEnd> request) {
        if (draining || count(EntryEnd::requests) >= config.maxRequests()) {
            exchange.refuse(RequestError.UNAVAILABLE);
            return;
        }
        meters.passedOn(kind);
        loop.execute(() -> request.accept(peer(session.owner()).entry()));
    }

    /** About a request that was passed on before. */
    private void entry(SessionId session, Consumer<EntryEnd> action) {
        loop.execute(() ->
                Optional.ofNullable(peers.get(session.owner())).map(Peer::entry).ifPresent(action));
    }

    private Peer peer(NodeId node) {
        return peers.computeIfAbsent(
                node,
                other -> new Peer(
                        batch -> nodes.tell(other, SUBJECT, batch),
                        loop::executeNext,
                        outbounds,
                        sessions,
                        (peer, reason) -> onBroken(other, peer, reason)));
    }

    private void onBroken(NodeId node, Peer peer, BreakReason reason) {
        meters.broken(reason);
        if (reason == BreakReason.NODE_GONE) {
            peers.remove(node, peer);
            LOG.debugf("There is no such node, or none any more: node=%s", node);
        } else {
            LOG.warnf("What was under way between two nodes is over: node=%s reason=%s", node, reason);
        }
    }

    private void beat() {
        long now = System.nanoTime();
        for (Peer peer : everybody()) {
            peer.link().beat(config.silence());
            peer.entry().expire(now);
        }
    }

    /** One that is found gone meanwhile leaves the map. */
    private List<Peer> everybody() {
        return List.copyOf(peers.values());
    }

    private int count(ToIntFunction<EntryEnd> what) {
        return peers.values().stream().map(Peer::entry).mapToInt(what).sum();
    }

    private long deadline() {
        return System.nanoTime() + patience;
    }

    private static Body body(long id, AsyncResult<Buffer> read) {
        if (read.succeeded()) {
            return new Body(id, Body.State.WHOLE, read.result());
        }
        boolean tooLarge = read.cause() instanceof PayloadTooLarge;
        return new Body(id, tooLarge ? Body.State.TOO_LARGE : Body.State.CUT, Buffer.buffer());
    }
}
