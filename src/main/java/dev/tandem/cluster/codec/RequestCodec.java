package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Requests and their fields, in the order in which the peers write them. */
final class RequestCodec {
    private RequestCodec() {}

    static ClusterRequest decode(Fields fields) {
        Optional<String> uid = fields.findText("uid");
        return switch (RequestType.of(fields.number("type"))) {
            case SOCKETS -> new ClusterRequest.Sockets(uid, id(fields), fields.rooms("rooms"));
            case ALL_ROOMS -> new ClusterRequest.AllRooms(uid, id(fields));
            case REMOTE_JOIN -> join(uid, fields);
            case REMOTE_LEAVE -> leave(uid, fields);
            case REMOTE_DISCONNECT -> disconnect(uid, fields);
            case REMOTE_FETCH -> new ClusterRequest.RemoteFetch(uid, id(fields), target(fields));
            case SERVER_SIDE_EMIT ->
                new ClusterRequest.ServerSideEmit(uid, fields.findText("requestId"), fields.event("data"));
            case BROADCAST -> broadcast(uid, fields);
            case BROADCAST_CLIENT_COUNT, BROADCAST_ACK -> throw new MalformedClusterMessage("not a request's type");
        };
    }

    static ObjectNode encode(ClusterRequest request) {
        if (request instanceof ClusterRequest.Sockets sockets) {
            ObjectNode fields = asking(sockets, sockets.requestId(), RequestType.SOCKETS);
            return fields.set("rooms", BroadcastCodec.list(sockets.rooms()));
        } else if (request instanceof ClusterRequest.AllRooms rooms) {
            return asking(rooms, rooms.requestId(), RequestType.ALL_ROOMS);
        } else if (request instanceof ClusterRequest.RemoteFetch fetch) {
            ObjectNode fields = asking(fetch, fetch.requestId(), RequestType.REMOTE_FETCH);
            return fields.set("opts", BroadcastCodec.opts(fetch.target()));
        } else if (request instanceof ClusterRequest.ServerSideEmit emit) {
            return serverSideEmit(emit);
        } else if (request instanceof ClusterRequest.BroadcastWithAck broadcast) {
            return broadcast(broadcast);
        }
        return encodeManagement(request);
    }

    private static ObjectNode encodeManagement(ClusterRequest request) {
        if (request instanceof ClusterRequest.RemoteJoin join) {
            return telling(join, RequestType.REMOTE_JOIN, join.target())
                    .set("rooms", BroadcastCodec.list(join.rooms()));
        } else if (request instanceof ClusterRequest.RemoteLeave leave) {
            return telling(leave, RequestType.REMOTE_LEAVE, leave.target())
                    .set("rooms", BroadcastCodec.list(leave.rooms()));
        } else if (request instanceof ClusterRequest.RemoteDisconnect disconnect) {
            return telling(disconnect, RequestType.REMOTE_DISCONNECT, disconnect.target())
                    .put("close", disconnect.close());
        } else if (request instanceof ClusterRequest.SocketJoin join) {
            return asking(join, join.requestId(), RequestType.REMOTE_JOIN)
                    .put("sid", join.socketId())
                    .put("room", join.room());
        } else if (request instanceof ClusterRequest.SocketLeave leave) {
            return asking(leave, leave.requestId(), RequestType.REMOTE_LEAVE)
                    .put("sid", leave.socketId())
                    .put("room", leave.room());
        } else if (request instanceof ClusterRequest.SocketDisconnect disconnect) {
            return asking(disconnect, disconnect.requestId(), RequestType.REMOTE_DISCONNECT)
                    .put("sid", disconnect.socketId())
                    .put("close", disconnect.close());
        }
        throw new IllegalArgumentException("unknown request");
    }

    private static ClusterRequest join(Optional<String> uid, Fields fields) {
        return fields.has("opts")
                ? new ClusterRequest.RemoteJoin(uid, target(fields), fields.rooms("rooms"))
                : new ClusterRequest.SocketJoin(uid, id(fields), fields.text("sid"), fields.room("room"));
    }

    private static ClusterRequest leave(Optional<String> uid, Fields fields) {
        return fields.has("opts")
                ? new ClusterRequest.RemoteLeave(uid, target(fields), fields.rooms("rooms"))
                : new ClusterRequest.SocketLeave(uid, id(fields), fields.text("sid"), fields.room("room"));
    }

    private static ClusterRequest disconnect(Optional<String> uid, Fields fields) {
        return fields.has("opts")
                ? new ClusterRequest.RemoteDisconnect(uid, target(fields), fields.flag("close"))
                : new ClusterRequest.SocketDisconnect(uid, id(fields), fields.text("sid"), fields.flag("close"));
    }

    private static ClusterRequest broadcast(Optional<String> uid, Fields fields) {
        return new ClusterRequest.BroadcastWithAck(
                uid,
                id(fields),
                BroadcastCodec.packet(fields.within("packet")),
                target(fields),
                BroadcastCodec.flags(fields.within("opts")));
    }

    private static ObjectNode broadcast(ClusterRequest.BroadcastWithAck request) {
        ObjectNode fields = asking(request, request.requestId(), RequestType.BROADCAST);
        fields.set("packet", BroadcastCodec.packet(request.packet()));
        return fields.set("opts", BroadcastCodec.opts(request.target(), request.flags()));
    }

    private static ObjectNode serverSideEmit(ClusterRequest.ServerSideEmit request) {
        ObjectNode fields = from(request);
        request.requestId().ifPresent(id -> fields.put("requestId", id));
        return fields.put("type", RequestType.SERVER_SIDE_EMIT.number()).set("data", request.data());
    }

    private static String id(Fields fields) {
        return fields.text("requestId");
    }

    private static Target target(Fields fields) {
        return BroadcastCodec.target(fields.within("opts"));
    }

    private static ObjectNode asking(ClusterRequest request, String requestId, RequestType type) {
        return from(request).put("requestId", requestId).put("type", type.number());
    }

    private static ObjectNode telling(ClusterRequest request, RequestType type, Target target) {
        return from(request).put("type", type.number()).set("opts", BroadcastCodec.opts(target));
    }

    private static ObjectNode from(ClusterRequest request) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        request.uid().ifPresent(uid -> fields.put("uid", uid));
        return fields;
    }
}
