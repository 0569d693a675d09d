package dev.tandem.session;

import dev.tandem.error.Unattended;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells every node whose proof is not good any more, and hears of it: by the hash of the sid, the id of the user or the id of the key.
 * The node that tells has heard before the telling completes, the others as soon as Redis brings it. What was told while this node
 * could not hear is read when it can again. From any thread; listeners are called on the pair's event loop, perhaps twice.
 */
@Singleton
public class Ended {
    private static final Logger LOG = Logger.getLogger(Ended.class);
    /** So long, and so many, are kept for nodes that cannot hear. */
    private static final Duration KEPT = Duration.ofMinutes(15);

    private static final int MOST = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Commands commands;
    private final Scripts scripts;
    private final PubSub pubSub;
    private final Counter malformed;
    private final Script tell = Script.load("end-callers", Effect.REPEATABLE);
    private final List<Consumer<ProofName>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> deafListeners = new CopyOnWriteArrayList<>();

    private final PubSub.Listener ear = new PubSub.Listener() {
        @Override
        public void onMessage(String channel, Buffer whose) {
            hear(whose.toString());
        }

        @Override
        public void onResubscribed() {
            deafListeners.forEach(Runnable::run);
            Unattended.run("read whose proofs have ended meanwhile", readMissed());
        }
    };

    Ended(Commands commands, Scripts scripts, PubSub pubSub, MeterRegistry registry) {
        this.commands = commands;
        this.scripts = scripts;
        this.pubSub = pubSub;
        this.malformed = Counter.builder("tandem.identity.ended.ignored")
                .description("What another node told of proofs that have ended, and is not to be understood")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        Uni<?> subscribed = pubSub.ssubscribe(SessionKeys.ENDED_CHANNEL, ear)
                .onFailure()
                .retry()
                .withBackOff(RETRY, RETRY)
                .indefinitely();
        Unattended.run("listen for proofs that end", subscribed);
    }

    /** Ends whoever is connected as that user. Completes when Redis has it; repeats are harmless. */
    public Uni<Void> user(UserId id) {
        return tell(ProofName.ofUser(id));
    }

    /** Ends whoever is connected by that session. */
    Uni<Void> session(String sid) {
        return tell(ProofName.ofSession(sid));
    }

    /** Ends whoever is connected by that key. */
    Uni<Void> key(String id) {
        return tell(ProofName.ofKey(id));
    }

    /** Calls {@code listener} with what is not good any more. It must be quick. */
    void onEnded(Consumer<ProofName> listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} with the id of a key. */
    void onKey(Consumer<String> listener) {
        listeners.add(whose -> {
            if (whose instanceof ProofName.OfKey key) {
                listener.accept(key.id());
            }
        });
    }

    /** Calls {@code listener} whenever something may have been missed, which is then told later. */
    void onDeaf(Runnable listener) {
        deafListeners.add(listener);
    }

    private Uni<Void> tell(ProofName whose) {
        return scripts.run(
                        tell,
                        List.of(SessionKeys.ENDED),
                        whose.text(),
                        SessionKeys.ENDED_CHANNEL,
                        Long.toString(KEPT.toMillis()),
                        Integer.toString(MOST))
                .invoke(() -> hear(whose))
                .replaceWithVoid();
    }

    private Uni<Void> readMissed() {
        Request all = Request.cmd(Command.ZRANGE).arg(SessionKeys.ENDED).arg(0).arg(-1);
        return commands.read(all)
                .invoke(missed -> missed.forEach(whose -> hear(whose.toString())))
                .replaceWithVoid();
    }

    /** On the pair's event loop. */
    void hear(String text) {
        ProofName.parse(text).ifPresentOrElse(this::hear, () -> ignore(text));
    }

    private void ignore(String text) {
        malformed.increment();
        LOG.warnf("Malformed on channel %s: \"%s\"", SessionKeys.ENDED_CHANNEL, text);
    }

    /** On the pair's event loop. */
    void hear(ProofName whose) {
        listeners.forEach(listener -> listener.accept(whose));
    }
}
