package dev.tandem.cluster;

import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.MalformedClusterMessage;
import dev.tandem.cluster.codec.SenderMark;
import dev.tandem.error.Unattended;
import dev.tandem.redis.PubSub;
import dev.tandem.socketio.adapter.LocalAdapter;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Passes on to the clients of this node what others broadcast. What is for nobody here, and what this node said itself, is dropped
 * unread. Called on the pair's event loop only.
 */
final class BroadcastReceiver implements PubSub.Listener {
    private static final Logger LOG = Logger.getLogger(BroadcastReceiver.class);

    private final ClusterMember self;
    private final LocalAdapter local;
    private final ClusterMeters meters;
    private final List<SenderMark> ignored;

    BroadcastReceiver(ClusterMember self, LocalAdapter local, ClusterMeters meters) {
        this.self = self;
        this.local = local;
        this.meters = meters;
        this.ignored = List.of(new SenderMark(self.uid()), new SenderMark(ClusterMember.MIRROR));
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        Optional<String> room = self.channels().room(channel);
        if (room.isPresent() ? !local.hasRoom(room.get()) : local.isEmpty()) {
            return;
        }
        byte[] message = payload.getBytes();
        if (ignored.stream().noneMatch(sender -> sender.isOnBroadcast(message))) {
            receive(channel, message);
        }
    }

    private void receive(String channel, byte[] message) {
        try {
            Broadcast broadcast = ClusterCodec.decodeBroadcast(message);
            if (isForUs(broadcast)) {
                meters.delivered();
                Unattended.run(
                        "broadcast for others",
                        local.broadcast(Wire.event(broadcast.packet()), Wire.options(broadcast)));
            }
        } catch (MalformedClusterMessage malformed) {
            meters.malformed();
            LOG.debugf("Not a broadcast: channel=%s reason=\"%s\"", channel, malformed.getMessage());
        }
    }

    /** The pattern of {@code /} lets channels of a namespace {@code /#...} through too; and others may encode differently. */
    private boolean isForUs(Broadcast broadcast) {
        return broadcast.packet().namespace().equals(self.namespace()) && !self.isSelf(Optional.of(broadcast.uid()));
    }
}
