package dev.tandem.cluster;

import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.MalformedClusterMessage;
import dev.tandem.cluster.codec.SenderMark;
import dev.tandem.error.Unattended;
import dev.tandem.redis.PubSub;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LogEntry;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Passes on to the clients of this node what others broadcast. What is for nobody here, and what this node said itself, is dropped
 * unread; but where there is a log, what is in it is read by every node, and what others say that is not in it is noted there. Called
 * on the pair's event loop only.
 */
final class BroadcastReceiver implements PubSub.Listener {
    private static final Logger LOG = Logger.getLogger(BroadcastReceiver.class);

    private final ClusterMember self;
    private final LocalAdapter local;
    private final ClusterMeters meters;
    private final Optional<RedisLog> log;
    private final SenderMark logged = new SenderMark(ClusterMember.LOG);
    private final List<SenderMark> ignored;

    BroadcastReceiver(ClusterMember self, LocalAdapter local, ClusterMeters meters, Optional<RedisLog> log) {
        this.self = self;
        this.local = local;
        this.meters = meters;
        this.log = log;
        this.ignored = List.of(new SenderMark(self.uid()), new SenderMark(ClusterMember.MIRROR));
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        if (log.isEmpty() && isForNobody(channel)) {
            return;
        }
        byte[] message = payload.getBytes();
        if (ignored.stream().noneMatch(sender -> sender.isOnBroadcast(message))) {
            receive(channel, message);
        }
    }

    /** What others broadcast was missed; what is in the log is read. */
    @Override
    public void onResubscribed() {
        log.map(RedisLog::feed).ifPresent(LogFeed::check);
    }

    private boolean isForNobody(String channel) {
        return self.channels().room(channel).map(room -> !local.hasRoom(room)).orElseGet(local::isEmpty);
    }

    private void receive(String channel, byte[] message) {
        try {
            if (log.isPresent() && logged.isOnBroadcast(message)) {
                hear(LogWire.entry(message));
                return;
            }
            Broadcast broadcast = ClusterCodec.decodeBroadcast(message);
            if (isForUs(broadcast)) {
                pass(channel, broadcast);
            }
        } catch (MalformedClusterMessage malformed) {
            meters.malformed();
            LOG.debugf("Not a broadcast: channel=%s reason=\"%s\"", channel, malformed.getMessage());
        }
    }

    private void hear(LogEntry entry) {
        if (entry.packet().namespace().equals(self.namespace())) {
            log.get().feed().onHeard(entry);
        }
    }

    private void pass(String channel, Broadcast broadcast) {
        BroadcastOptions options = Wire.options(broadcast);
        if (!isForNobody(channel)) {
            meters.delivered();
            Unattended.run("broadcast for others", local.broadcast(Wire.event(broadcast.packet()), options));
        }
        if (!options.flags().isVolatile()) {
            log.ifPresent(each -> each.onHole(options));
        }
    }

    /** The pattern of {@code /} lets channels of a namespace {@code /#...} through too; and others may encode differently. */
    private boolean isForUs(Broadcast broadcast) {
        return broadcast.packet().namespace().equals(self.namespace()) && !self.isSelf(Optional.of(broadcast.uid()));
    }
}
