package dev.tandem.internode;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import dev.tandem.id.NodeId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * The way to other nodes, and to oneself. What is said to one node arrives in the order in which it was said, at most once. From any
 * thread; handlers are called, and results come, on the pair's event loop.
 */
@Singleton
public class Nodes {
    private static final Logger LOG = Logger.getLogger(Nodes.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final NodeId self;
    private final Vertx vertx;
    private final RedisLoop loop;
    private final Commands commands;
    private final PubSub pubSub;
    private final InternodeConfig config;
    private final Pending pending;
    private final Map<String, BiFunction<NodeId, Buffer, Uni<Buffer>>> askHandlers = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<NodeId, Buffer>> tellHandlers = new ConcurrentHashMap<>();
    private final List<Runnable> deafListeners = new CopyOnWriteArrayList<>();

    private final PubSub.Listener ear = new PubSub.Listener() {
        @Override
        public void onMessage(String channel, Buffer payload) {
            hear(NodeMessageCodec.decode(payload));
        }

        @Override
        public void onResubscribed() {
            pending.failAll();
            deafListeners.forEach(Runnable::run);
        }
    };

    Nodes(
            NodeId self,
            Vertx vertx,
            RedisLoop loop,
            Commands commands,
            PubSub pubSub,
            InternodeConfig config,
            MeterRegistry registry) {
        this.self = self;
        this.vertx = vertx;
        this.loop = loop;
        this.commands = commands;
        this.pubSub = pubSub;
        this.config = config;
        this.pending = new Pending(vertx, config.maxPending());
        Gauge.builder("tandem.internode.pending", pending::size)
                .description("Requests to other nodes that wait for an answer")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        listen();
        loop.execute(() -> vertx.setPeriodic(config.watchEvery().toMillis(), timer -> watch()));
    }

    /**
     * Asks a node something. Completes with its answer; fails with {@link NodeGone} if nobody is there, at once or within about the
     * watch interval, with the failure that the node answers, with {@code outcome_unknown} after {@code limit} or if answers may have
     * been missed, with {@code overloaded} if too many requests wait, and as {@link Commands} does.
     */
    public Uni<Buffer> ask(NodeId node, String subject, Buffer body, Duration limit) {
        return Uni.createFrom().emitter(emitter -> loop.execute(() -> ask(node, subject, body, limit, emitter)));
    }

    /**
     * Tells a node something. Completes when Redis has passed it on to the node, which does not mean that it was heard; fails with
     * {@link NodeGone} if nobody is there, and as {@link Commands} does.
     */
    public Uni<Void> tell(NodeId node, String subject, Buffer body) {
        return publish(node, new NodeMessage.Tell(self, subject, body));
    }

    /** Answers what is asked about {@code subject}, by whom and with what body. One handler for each subject. */
    public void onAsk(String subject, BiFunction<NodeId, Buffer, Uni<Buffer>> handler) {
        askHandlers.put(subject, handler);
    }

    /** Hears what is told about {@code subject}, by whom and with what body. One handler for each subject. */
    public void onTell(String subject, BiConsumer<NodeId, Buffer> handler) {
        tellHandlers.put(subject, handler);
    }

    /** Calls {@code listener}, on the pair's event loop, whenever this node may have missed what others told it. */
    public void onDeaf(Runnable listener) {
        deafListeners.add(listener);
    }

    private void listen() {
        Uni<?> subscribed = pubSub.subscribe(channel(self), ear)
                .onFailure()
                .retry()
                .withBackOff(RETRY, RETRY)
                .indefinitely();
        Unattended.run("listen to other nodes", subscribed);
    }

    private void ask(NodeId node, String subject, Buffer body, Duration limit, UniEmitter<? super Buffer> emitter) {
        if (pending.isFull()) {
            emitter.fail(new TandemException(ErrorCode.OVERLOADED, "Too many requests to other nodes wait."));
            return;
        }
        long number = pending.add(node, emitter, limit);
        publish(node, new NodeMessage.Ask(self, number, subject, body))
                .subscribe()
                .with(sent -> {}, failure -> pending.fail(number, failure));
    }

    /** A node that dies takes its subscription with it, and that is seen by how many hear a message. */
    private void watch() {
        for (NodeId node : pending.awaited()) {
            publish(node, new NodeMessage.Ping()).subscribe().with(there -> {}, failure -> {
                if (failure instanceof NodeGone) {
                    pending.failAllTo(node);
                }
            });
        }
    }

    private void hear(NodeMessage message) {
        if (message instanceof NodeMessage.Ask ask) {
            answer(ask);
        } else if (message instanceof NodeMessage.Answer answer) {
            pending.answer(answer.number(), answer.body());
        } else if (message instanceof NodeMessage.Failure failure) {
            pending.fail(failure.number(), new TandemException(failure.code(), failure.reason()));
        } else if (message instanceof NodeMessage.Tell tell) {
            BiConsumer<NodeId, Buffer> handler = tellHandlers.get(tell.subject());
            if (handler != null) {
                handler.accept(tell.from(), tell.body());
            }
        }
    }

    private void answer(NodeMessage.Ask ask) {
        Uni<Void> answered = Uni.createFrom()
                .deferred(() -> handler(ask.subject()).apply(ask.from(), ask.body()))
                .map(body -> (NodeMessage) new NodeMessage.Answer(ask.number(), body))
                .onFailure()
                .recoverWithItem(failure -> failure(ask, failure))
                .chain(answer -> publish(ask.from(), answer));
        answered.subscribe()
                .with(
                        done -> {},
                        failure -> LOG.debugf(
                                "A node was not answered: node=%s subject=%s reason=\"%s\"",
                                ask.from(), ask.subject(), failure.getMessage()));
    }

    private BiFunction<NodeId, Buffer, Uni<Buffer>> handler(String subject) {
        return askHandlers.getOrDefault(
                subject,
                (from, body) -> Uni.createFrom()
                        .failure(new TandemException(
                                ErrorCode.INVALID_COMMAND, "This node knows nothing of '" + subject + "'.")));
    }

    private static NodeMessage failure(NodeMessage.Ask ask, Throwable failure) {
        TandemException told = TandemException.of(failure);
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.errorf(failure, "A request of another node failed: node=%s subject=%s", ask.from(), ask.subject());
        }
        return new NodeMessage.Failure(ask.number(), told.code(), told.getMessage());
    }

    private Uni<Void> publish(NodeId node, NodeMessage message) {
        Request publish = Request.cmd(Command.PUBLISH).arg(channel(node)).arg(NodeMessageCodec.encode(message));
        return commands.send(Commands.Effect.ONCE, publish)
                .invoke(heard -> {
                    if (heard.toLong() == 0) {
                        throw new NodeGone(node);
                    }
                })
                .replaceWithVoid();
    }

    private static String channel(NodeId node) {
        return "tandem:node:" + node;
    }
}
