package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Responses and their fields. Only those to emits say their type; the others are told by what they bring. */
final class ResponseCodec {
    private ResponseCodec() {}

    static ClusterResponse decode(Fields fields) {
        String id = fields.text("requestId");
        if (!fields.has("type")) {
            return untyped(id, fields);
        }
        return switch (RequestType.of(fields.number("type"))) {
            case SERVER_SIDE_EMIT -> new ClusterResponse.ServerSideAck(id, fields.value("data"));
            case BROADCAST_CLIENT_COUNT -> new ClusterResponse.ClientCount(id, count(fields));
            case BROADCAST_ACK -> new ClusterResponse.ClientAck(id, fields.value("packet"));
            default -> untyped(id, fields);
        };
    }

    static ObjectNode encode(ClusterResponse response) {
        String id = response.requestId();
        if (response instanceof ClusterResponse.Sockets sockets) {
            return answer(id).set("sockets", BroadcastCodec.list(sockets.ids()));
        } else if (response instanceof ClusterResponse.AllRooms rooms) {
            return answer(id).set("rooms", BroadcastCodec.list(rooms.rooms()));
        } else if (response instanceof ClusterResponse.RemoteSockets sockets) {
            return remoteSockets(sockets);
        } else if (response instanceof ClusterResponse.Done) {
            return answer(id);
        } else if (response instanceof ClusterResponse.ServerSideAck ack) {
            return answer(RequestType.SERVER_SIDE_EMIT, id).set("data", ack.data());
        } else if (response instanceof ClusterResponse.ClientCount clients) {
            return answer(RequestType.BROADCAST_CLIENT_COUNT, id).put("clientCount", clients.count());
        } else if (response instanceof ClusterResponse.ClientAck ack) {
            return answer(RequestType.BROADCAST_ACK, id).set("packet", ack.data());
        }
        throw new IllegalArgumentException("unknown response");
    }

    private static ClusterResponse untyped(String id, Fields fields) {
        if (fields.value("sockets").path(0).isTextual()) {
            return new ClusterResponse.Sockets(id, fields.texts("sockets"));
        } else if (fields.has("sockets")) {
            return new ClusterResponse.RemoteSockets(id, fields.each("sockets", ResponseCodec::remoteSocket));
        } else if (fields.has("rooms")) {
            return new ClusterResponse.AllRooms(id, fields.rooms("rooms"));
        }
        return new ClusterResponse.Done(id);
    }

    private static int count(Fields fields) {
        long count = fields.number("clientCount");
        Fields.require(count >= 0 && count <= Integer.MAX_VALUE, "no number of clients");
        return (int) count;
    }

    private static RemoteSocket remoteSocket(JsonNode socket) {
        Fields fields = Fields.of(socket);
        return new RemoteSocket(
                fields.text("id"), fields.value("handshake"), fields.rooms("rooms"), fields.value("data"));
    }

    private static ObjectNode remoteSockets(ClusterResponse.RemoteSockets response) {
        ObjectNode fields = answer(response.requestId());
        ArrayNode list = fields.putArray("sockets");
        response.sockets().forEach(socket -> {
            ObjectNode item = list.addObject().put("id", socket.id());
            item.set("handshake", socket.handshake());
            item.set("rooms", BroadcastCodec.list(socket.rooms()));
            item.set("data", socket.data());
        });
        return fields;
    }

    private static ObjectNode answer(RequestType type, String requestId) {
        return JsonNodeFactory.instance.objectNode().put("type", type.number()).put("requestId", requestId);
    }

    private static ObjectNode answer(String requestId) {
        return JsonNodeFactory.instance.objectNode().put("requestId", requestId);
    }
}
