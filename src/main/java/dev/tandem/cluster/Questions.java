package dev.tandem.cluster;

import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.ClusterRequest;
import dev.tandem.cluster.codec.ClusterResponse;
import dev.tandem.cluster.codec.MalformedClusterMessage;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.PubSub;
import dev.tandem.socketio.adapter.Gathered;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What this node asks the other servers of a namespace, and the ear for what they answer. Asked from any thread; answers are heard
 * on the pair's event loop, those to other servers too, unless everybody answers on channels of their own.
 */
final class Questions implements PubSub.Listener {
    private static final Logger LOG = Logger.getLogger(Questions.class);

    private final ClusterMember self;
    private final Ears ears;
    private final ClusterBus bus;
    private final PendingRequests pending;
    private final ClusterMeters meters;
    private final byte[] uid;

    Questions(ClusterMember self, Ears ears, ClusterBus bus, PendingRequests pending, ClusterMeters meters) {
        this.self = self;
        this.ears = ears;
        this.bus = bus;
        this.pending = pending;
        this.meters = meters;
        this.uid = self.uid().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Asks all others now; {@code question} is given the id of the request. Completes when all have answered, or after {@code
     * limit} with what has come; fails with {@code overloaded}, as {@link ClusterBus#publish} does, or with {@code
     * redis_unavailable} while answers could not be heard: then nobody is asked, rather than taken for not being there.
     */
    <T> Uni<Gathered<T>> ask(Function<String, ClusterRequest> question, Gathering<T> answers, Duration limit) {
        if (!ears.isOpen() || !bus.hears()) {
            meters.unpublished();
            return Uni.createFrom().failure(deaf());
        }
        String id = pending.nextId(self.uid());
        byte[] message;
        try {
            message = ClusterCodec.encode(question.apply(id));
        } catch (IllegalArgumentException notForTheWire) {
            return Uni.createFrom().failure(notForTheWire);
        }
        return ClusterBus.begun(
                Uni.createFrom().emitter(emitter -> pending.execute(() -> ask(id, message, answers, limit, emitter))));
    }

    /** How many servers there are, this one included. */
    Uni<Integer> servers() {
        return bus.listeners(self.channels().requests()).map(count -> Math.max(1, count));
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        byte[] message = payload.getBytes();
        if (contains(message, uid)) {
            receive(channel, message);
        }
    }

    /** This node will hear no more answers. */
    void close() {
        pending.execute(() -> pending.endAll(self.uid()));
    }

    /** The servers are counted right before they are asked. */
    private <T> void ask(
            String id, byte[] message, Gathering<T> answers, Duration limit, UniEmitter<? super Gathered<T>> emitter) {
        if (!pending.add(id, answers, limit, emitter)) {
            return;
        }
        String channel = self.channels().requests();
        servers().subscribe().with(count -> pending.expect(id, count - 1), failure -> pending.fail(id, failure));
        bus.publish(channel, () -> message).subscribe().with(published -> {}, failure -> pending.fail(id, failure));
    }

    private void receive(String channel, byte[] message) {
        try {
            ClusterResponse response = ClusterCodec.decodeResponse(message);
            if (response.requestId().startsWith(self.uid())) {
                pending.receive(response);
            }
        } catch (MalformedClusterMessage malformed) {
            meters.malformed();
            LOG.debugf("Not a response: channel=%s reason=\"%s\"", channel, malformed.getMessage());
        }
    }

    private static TandemException deaf() {
        return new TandemException(ErrorCode.REDIS_UNAVAILABLE, "Other servers cannot be heard now; nobody was asked.");
    }

    /** An answer to this node has its uid in it somewhere, as the beginning of the request's id. */
    private static boolean contains(byte[] message, byte[] sought) {
        for (int from = 0; from <= message.length - sought.length; from++) {
            int same = 0;
            while (same < sought.length && message[from + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return true;
            }
        }
        return false;
    }
}
