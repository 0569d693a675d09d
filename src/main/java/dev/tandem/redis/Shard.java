package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The two connections to one primary, one for commands and one for pub/sub, with all that goes over them and what proves that they
 * work. Without a cluster there is one, and it is all of Redis. Changed on the pair's event loop only; its states may be read from
 * anywhere.
 */
final class Shard {
    private final String name;
    private final RedisLoop loop;
    private final String probeChannel;
    private final CommandLane commands;
    private final PubSubLane pubSub;
    private final Map<Role, Link> links = new EnumMap<>(Role.class);
    private final Map<Role, Probe> probes = new EnumMap<>(Role.class);
    /** Who is its primary, as the cluster says; null where there is no cluster, or nobody has said so yet. */
    private volatile RedisAddress primary;

    /** What all shards of a node share. */
    record Parts(
            Vertx vertx,
            RedisLoop loop,
            RedisConfig config,
            NodeId node,
            Opener opener,
            RedisMeters meters,
            BiConsumer<Shard, LinkTransition> onTransition) {}

    /** {@code name} is empty where there is no cluster. */
    Shard(String name, Parts parts, Deployment deployment) {
        this.name = name;
        this.loop = parts.loop();
        this.probeChannel = "tandem:probe:" + parts.node() + (name.isEmpty() ? "" : ":" + name);
        this.commands = new CommandLane(
                parts.vertx(), parts.loop(), parts.config(), parts.meters(), new CommandLane.Misdirection() {
                    @Override
                    public boolean redirect(Call<?> call, Throwable reply) {
                        return deployment.redirect(Shard.this, call, reply);
                    }

                    @Override
                    public void onReadOnly() {
                        abandon("Redis is a read-only replica");
                    }
                });
        this.pubSub = new PubSubLane(
                parts.vertx(), parts.config().commandTimeout(), parts.meters(), new PubSubLane.Misdirection() {
                    @Override
                    public void onGivenUp() {
                        deployment.onGivenUp(Shard.this);
                    }

                    @Override
                    public void onRefused(String reply) {
                        link(Role.PUBSUB).abandon("a subscription belongs elsewhere: " + reply);
                    }
                });
        Dialer dialer = new Dialer(parts.opener(), () -> deployment.find(this), parts.node(), !name.isEmpty());
        links.put(Role.COMMANDS, link(Role.COMMANDS, parts, dialer, commands));
        links.put(Role.PUBSUB, link(Role.PUBSUB, parts, dialer, pubSub));
        probes.put(Role.COMMANDS, newProbe(parts.config(), commands::answers, this::ping, link(Role.COMMANDS)));
        probes.put(Role.PUBSUB, newProbe(parts.config(), pubSub::pushes, this::publish, link(Role.PUBSUB)));
    }

    private Link link(Role role, Parts parts, Dialer dialer, Link.Owner owner) {
        RedisConfig.Backoff rule = parts.config().backoff();
        Backoff backoff = new Backoff(
                rule.step(),
                rule.max(),
                rule.jitter(),
                parts.config().maxAttempts(),
                () -> ThreadLocalRandom.current().nextDouble());
        return new Link(role, parts.vertx(), parts.loop(), dialer, backoff, owner, (from, to) -> {
            onTransition(role, to);
            parts.onTransition().accept(this, new LinkTransition(name, role, from, to));
        });
    }

    String name() {
        return name;
    }

    RedisAddress primary() {
        return primary;
    }

    CommandLane commands() {
        return commands;
    }

    PubSubLane pubSub() {
        return pubSub;
    }

    Link link(Role role) {
        return links.get(role);
    }

    Probe probe(Role role) {
        return probes.get(role);
    }

    /** Takes commands and subscriptions from now on, whether there is a connection yet or not. */
    void start() {
        loop.execute(() -> {
            commands.start();
            pubSub.add(PubSubLane.Kind.OWN, probeChannel, (channel, payload) -> echo(probe(Role.PUBSUB)));
        });
    }

    /** Begins to connect. */
    void connect() {
        links.values().forEach(Link::open);
    }

    /** Another server is the primary now: both connections go there. */
    void moveTo(RedisAddress next) {
        primary = next;
        links.values().forEach(this::leaveOthers);
    }

    /** Leaves a server that is not, or no longer, the primary. */
    private void leaveOthers(Link link) {
        if (primary != null
                && link.state() instanceof LinkState.Ready ready
                && !ready.connection().address().equals(primary)) {
            link.abandon("the primary is " + primary + " now");
        }
    }

    /** Both connections are built anew. */
    void abandon(String cause) {
        links.values().forEach(link -> link.abandon(cause));
    }

    /** Proves what can be proved now. */
    void probe() {
        if (link(Role.COMMANDS).isReady()) {
            probe(Role.COMMANDS).tick();
            if (link(Role.PUBSUB).isReady()) {
                probe(Role.PUBSUB).tick();
            }
        }
    }

    /** Commands under way end, then both connections; completes, and never fails, when both sockets are gone. */
    Future<Void> close(Duration limit) {
        return commands.drain(limit)
                .compose(drained -> link(Role.COMMANDS).close(limit))
                .compose(closed -> link(Role.PUBSUB).close(limit))
                .onComplete(closed -> commands.stop());
    }

    private static Probe newProbe(RedisConfig config, LongSupplier heard, Probe.Question question, Link of) {
        return new Probe(config.probeInterval(), config.probeTimeout(), System::nanoTime, heard, question, of::abandon);
    }

    private void onTransition(Role role, LinkState to) {
        if (to instanceof LinkState.Ready) {
            probe(role).onReady();
            leaveOthers(link(role));
        } else {
            probe(role).onLost();
        }
    }

    private Future<?> ping(Probe probe) {
        submit(Call.probe(Probe.ping(), probe.deadline())).onSuccess(pong -> probe.onProof());
        return Future.succeededFuture();
    }

    /** Both ways of the pub/sub connection: what is published comes, ... */
    private Future<?> publish(Probe probe) {
        return submit(Call.probe(Probe.publish(probeChannel, Buffer.buffer("?")), probe.deadline()));
    }

    /** ... and then the answer to what is asked there. */
    private void echo(Probe probe) {
        probe.onCaughtUp();
        pubSub.echo(probe::onProof);
    }

    private <T> Future<T> submit(Call<T> call) {
        commands.accept(call);
        return call.future();
    }
}
