package dev.tandem.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterChannels;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.EventPacket;
import dev.tandem.cluster.codec.Flags;
import dev.tandem.cluster.codec.Target;
import dev.tandem.error.Unattended;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells the Node.js members of the cluster what happens in Tandem's rooms, if that is wanted: as a broadcast to the Socket.IO room
 * named like the room, in the namespace of the rooms. The node that wrote an event does so, once; nodes of Tandem, whose clients
 * hear of it by the room itself, know the sender and ignore it. In the order of the writes of one node; at most once.
 */
@Singleton
class RoomEventMirror {
    private final ClusterConfig config;
    private final ClusterBus bus;
    private final Aside aside;
    private final WrittenEvents written;
    private final ObjectMapper mapper;
    private final ClusterChannels channels;

    RoomEventMirror(
            ClusterConfig config,
            ClusterBus bus,
            Aside aside,
            WrittenEvents written,
            ObjectMapper mapper,
            @ConfigProperty(name = "tandem.rooms.namespace", defaultValue = "/") String namespace) {
        this.config = config;
        this.bus = bus;
        this.aside = aside;
        this.written = written;
        this.mapper = mapper;
        this.channels = new ClusterChannels(config.prefix(), namespace);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled() && config.mirrorRoomEvents()) {
            written.onWritten((room, happened) -> aside.run(() -> mirror(room, happened)));
        }
    }

    private void mirror(RoomId room, RoomEvent event) {
        Set<String> rooms = Set.of(room.value());
        Unattended.run(
                "mirror a room's event",
                bus.publish(channels.broadcast(rooms), () -> ClusterCodec.encode(broadcast(rooms, event))));
    }

    private Broadcast broadcast(Set<String> rooms, RoomEvent event) {
        EventPacket packet = new EventPacket(channels.namespace(), data(event));
        return new Broadcast(ClusterMember.MIRROR, packet, new Target(rooms, Set.of()), Flags.none());
    }

    /** The name that clients know the event by, and its one object. */
    private ArrayNode data(RoomEvent event) {
        try {
            return JsonNodeFactory.instance.arrayNode().add(event.name()).add(mapper.readTree(event.json()));
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }
}
