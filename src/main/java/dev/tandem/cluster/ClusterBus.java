package dev.tandem.cluster;

import dev.tandem.redis.Commands;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisPair;
import dev.tandem.redis.Role;
import dev.tandem.redis.Subscription;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Redis as the cluster's members use it. From any thread; what is done is done when it is called. */
@Singleton
class ClusterBus {
    private final Commands commands;
    private final PubSub pubSub;
    private final RedisPair pair;
    private final ClusterMeters meters;

    ClusterBus(Commands commands, PubSub pubSub, RedisPair pair, ClusterMeters meters) {
        this.commands = commands;
        this.pubSub = pubSub;
        this.pair = pair;
        this.meters = meters;
    }

    /**
     * Publishes a message, which is encoded now. Completes when Redis has it; fails as {@link Commands} does, or with {@link
     * IllegalArgumentException} if it cannot be encoded.
     */
    Uni<Void> publish(String channel, Supplier<byte[]> message) {
        return begun(Uni.createFrom()
                .item(message)
                .map(bytes -> Request.cmd(Command.PUBLISH).arg(channel).arg(Buffer.buffer(bytes)))
                .chain(publish -> commands.send(Commands.Effect.ONCE, publish))
                .replaceWithVoid()
                .onFailure()
                .invoke(meters::unpublished));
    }

    /** How many connections listen to the channel. */
    Uni<Integer> listeners(String channel) {
        Request count = Request.cmd(Command.PUBSUB).arg("NUMSUB").arg(channel);
        return begun(commands.readEverywhere(count)
                .map(answers -> answers.stream().mapToInt(ClusterBus::count).sum()));
    }

    /** Whether what others publish is heard, as far as this node knows. */
    boolean hears() {
        return pair.isConnected(Role.PUBSUB);
    }

    Uni<Subscription> subscribe(String channel, PubSub.Listener listener) {
        return pubSub.subscribe(channel, listener);
    }

    Uni<Subscription> psubscribe(String pattern, PubSub.Listener listener) {
        return pubSub.psubscribe(pattern, listener);
    }

    /** The same, under way already, once, however many subscribe to its result. */
    static <T> Uni<T> begun(Uni<T> work) {
        Uni<T> shared = work.memoize().indefinitely();
        shared.subscribe().with(done -> {}, failure -> {}); // who asked has the result too
        return shared;
    }

    /** The channel, and its number. */
    private static int count(Response answer) {
        return answer.get(1).toInteger();
    }
}
