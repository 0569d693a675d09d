package dev.tandem.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.MalformedClusterMessage;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;

/** An entry of a log as it is kept and published: a broadcast whose event has its place as the last argument. */
final class LogWire {
    private LogWire() {}

    /** Fails with {@link MalformedClusterMessage}. */
    static LogEntry entry(byte[] message) {
        Broadcast broadcast = ClusterCodec.decodeBroadcast(message);
        ArrayNode data = broadcast.packet().data();
        LogPlace place = LogPlace.of(data.get(data.size() - 1).asText())
                .orElseThrow(
                        () -> new MalformedClusterMessage("an entry of the log has its place as the last argument"));
        return new LogEntry(place, Wire.event(broadcast.packet()), Wire.options(broadcast), message.length);
    }
}
