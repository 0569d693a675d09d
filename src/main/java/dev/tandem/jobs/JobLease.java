package dev.tandem.jobs;

import dev.tandem.id.NodeId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Lets one node of the cluster do a job in one tick: {@code job:<name>}, which holds the node's name and goes by itself. The node
 * does not give it back, so that another one whose clock ticks a little later does not do the job again.
 */
@Singleton
class JobLease {
    private final Commands commands;
    private final NodeId node;

    JobLease(Commands commands, NodeId node) {
        this.commands = commands;
        this.node = node;
    }

    /** Completes with true if the job is this node's for the time of {@code length}. */
    Uni<Boolean> take(String job, Duration length) {
        Request take = Request.cmd(Command.SET)
                .arg("job:" + job)
                .arg(node.value())
                .arg("NX")
                .arg("PX")
                .arg(length.toMillis());
        return commands.send(Effect.ONCE, take).map(answer -> answer != null);
    }
}
