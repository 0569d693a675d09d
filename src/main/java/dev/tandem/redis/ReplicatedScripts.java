package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/**
 * Runs scripts whose effect counts only when enough replicas have it; as {@link Scripts} does if none are asked for. From any
 * thread.
 *
 * <p>WAIT follows the script at once, on the same connection, since it asks about what that connection wrote. Until it is
 * answered Redis carries out nothing else for this connection: everything behind it on the node's one command connection waits
 * too, at most the replica timeout for each script. Where replicas are missing for long, Redis itself should refuse early
 * ({@code min-replicas-to-write}).
 */
public final class ReplicatedScripts {
    private final RoutedCommands commands;
    private final Scripts scripts;
    private final int replicas;
    private final Duration timeout;

    /** Fails if the settings make no sense. */
    ReplicatedScripts(RoutedCommands commands, Scripts scripts, RedisConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.replicas = config.minReplicas();
        this.timeout = config.replicaTimeout();
        if (replicas < 0) {
            throw new IllegalStateException("tandem.redis.min-replicas must not be negative");
        }
        if (timeout.toMillis() < 1 || replicas > 0 && timeout.compareTo(config.commandTimeout()) >= 0) {
            throw new IllegalStateException(
                    "tandem.redis.replica-timeout must be at least a millisecond, and shorter than"
                            + " tandem.redis.command-timeout");
        }
    }

    /** Whether there is a WAIT behind each script. */
    public boolean keepOthersWaiting() {
        return replicas > 0;
    }

    /**
     * Runs the script now and once: what it returns, when enough replicas have what it wrote, and all that was written before. Fails as {@link
     * Commands} says, and with {@code outcome_unknown} if too few replicas have said so in time: then it is done, but a loss of
     * the primary may undo it.
     */
    public Future<Response> ask(Script script, Keys keys, Arguments arguments) {
        if (replicas == 0) {
            return scripts.ask(script, keys, arguments);
        }
        return scripts.ask(this::askReplicated, script, keys, arguments).map(this::enough);
    }

    /** The same, run with each subscription. */
    public Uni<Response> run(Script script, List<String> keys, String... arguments) {
        return AsyncResultUni.toUni(
                answer -> ask(script, Keys.of(keys), Arguments.of(arguments)).onComplete(answer));
    }

    private Future<Call.Replicated> askReplicated(Commands.Effect effect, Request request) {
        return commands.askReplicated(effect, request, replicas, timeout);
    }

    private Response enough(Call.Replicated done) {
        if (done.replicas() < replicas) {
            throw RedisFailures.outcomeUnknown(
                    done.replicas() + " replicas have it, of " + replicas + " that are asked for");
        }
        return done.reply();
    }
}
