package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code [uid, packet, opts]}, and its parts, which requests have too. */
final class BroadcastCodec {
    private static final long EVENT = 2;
    private static final long BINARY_EVENT = 5;

    private BroadcastCodec() {}

    static Broadcast decode(JsonNode message) {
        Fields.require(message.isArray() && message.size() >= 3, "a broadcast is a list of three");
        Fields.require(message.get(0).isTextual(), "the uid is a text");
        Fields opts = Fields.of(message.get(2));
        return new Broadcast(message.get(0).textValue(), packet(Fields.of(message.get(1))), target(opts), flags(opts));
    }

    static ArrayNode encode(Broadcast broadcast) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(broadcast.uid())
                .add(packet(broadcast.packet()))
                .add(opts(broadcast.target(), broadcast.flags()));
    }

    /** The values that follow the event's name and arguments, which are one list, on the wire; there is no id. */
    static List<JsonNode> afterData(Broadcast broadcast) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return List.of(
                json.textNode("nsp"),
                json.textNode(broadcast.packet().namespace()),
                opts(broadcast.target(), broadcast.flags()));
    }

    /** Some emitters say already that there are binary arguments, which one sees anyway. */
    static EventPacket packet(Fields packet) {
        long type = packet.number("type");
        Fields.require(type == EVENT || type == BINARY_EVENT, "only events are broadcast");
        return new EventPacket(packet.findText("nsp").orElse("/"), packet.event("data"), packet.findNumber("id"));
    }

    static ObjectNode packet(EventPacket packet) {
        ObjectNode fields = object().put("type", EVENT);
        fields.set("data", packet.data());
        fields.put("nsp", packet.namespace());
        packet.id().ifPresent(id -> fields.put("id", id));
        return fields;
    }

    static Target target(Fields opts) {
        return new Target(opts.rooms("rooms"), opts.rooms("except"));
    }

    static ObjectNode opts(Target target) {
        ObjectNode opts = object();
        opts.set("rooms", list(target.rooms()));
        opts.set("except", list(target.except()));
        return opts;
    }

    static ObjectNode opts(Target target, Flags flags) {
        ObjectNode opts = opts(target);
        opts.set("flags", flags(flags));
        return opts;
    }

    static Flags flags(Fields opts) {
        Fields flags = opts.within("flags");
        return new Flags(
                flags.flag("volatile"),
                flags.has("compress") ? Optional.of(flags.flag("compress")) : Optional.empty(),
                flags.findNumber("timeout"));
    }

    static ArrayNode list(Collection<String> texts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static ObjectNode flags(Flags flags) {
        ObjectNode fields = object();
        if (flags.isVolatile()) {
            fields.put("volatile", true);
        }
        flags.compress().ifPresent(compress -> fields.put("compress", compress));
        flags.timeout().ifPresent(timeout -> fields.put("timeout", timeout));
        return fields;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
