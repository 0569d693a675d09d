package dev.tandem.cluster;

import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.ClusterRequest;
import dev.tandem.cluster.codec.MalformedClusterMessage;
import dev.tandem.cluster.codec.SenderMark;
import dev.tandem.redis.PubSub;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The ear for what others ask. What this node asked itself is dropped unread. Called on the pair's event loop only. */
final class RequestReceiver implements PubSub.Listener {
    private static final Logger LOG = Logger.getLogger(RequestReceiver.class);

    private final ClusterMember self;
    private final SenderMark own;
    private final Consumer<ClusterRequest> answers;
    private final ClusterMeters meters;

    RequestReceiver(ClusterMember self, Consumer<ClusterRequest> answers, ClusterMeters meters) {
        this.self = self;
        this.own = new SenderMark(self.uid());
        this.answers = answers;
        this.meters = meters;
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        byte[] message = payload.getBytes();
        if (!own.isOnRequest(message)) {
            receive(channel, message);
        }
    }

    private void receive(String channel, byte[] message) {
        try {
            ClusterRequest request = ClusterCodec.decodeRequest(message);
            if (!self.isSelf(request.uid())) {
                meters.answered();
                answers.accept(request);
            }
        } catch (MalformedClusterMessage malformed) {
            meters.malformed();
            LOG.debugf("Not a request: channel=%s reason=\"%s\"", channel, malformed.getMessage());
        }
    }
}
