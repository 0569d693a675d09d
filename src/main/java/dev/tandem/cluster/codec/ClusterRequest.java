package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.Set;

/**
 * What a server, or an emitter, asks of all servers of a namespace. {@code uid} names the server that asks; emitters and older
 * peers leave it out. What has a {@code requestId} is to be answered by a {@link ClusterResponse} with the same one.
 */
public sealed interface ClusterRequest {
    Optional<String> uid();

    /** Which sockets are in one of these rooms? Today's peers ask {@link RemoteFetch}. Answer: {@link ClusterResponse.Sockets}. */
    record Sockets(Optional<String> uid, String requestId, Set<String> rooms) implements ClusterRequest {}

    /** Which rooms are there? Answer: {@link ClusterResponse.AllRooms}. */
    record AllRooms(Optional<String> uid, String requestId) implements ClusterRequest {}

    /** These sockets are to join rooms. */
    record RemoteJoin(Optional<String> uid, Target target, Set<String> rooms) implements ClusterRequest {}

    /** An older peer's: whoever has that socket makes it join a room and answers {@link ClusterResponse.Done}. */
    record SocketJoin(Optional<String> uid, String requestId, String socketId, String room) implements ClusterRequest {}

    /** These sockets are to leave rooms. */
    record RemoteLeave(Optional<String> uid, Target target, Set<String> rooms) implements ClusterRequest {}

    /** An older peer's: whoever has that socket makes it leave a room and answers {@link ClusterResponse.Done}. */
    record SocketLeave(Optional<String> uid, String requestId, String socketId, String room)
            implements ClusterRequest {}

    /** These sockets are to leave the namespace, and with {@code close} their connections are to be closed. */
    record RemoteDisconnect(Optional<String> uid, Target target, boolean close) implements ClusterRequest {}

    /** An older peer's: whoever has that socket disconnects it and answers {@link ClusterResponse.Done}. */
    record SocketDisconnect(Optional<String> uid, String requestId, String socketId, boolean close)
            implements ClusterRequest {}

    /** What is known of these sockets? Answer: {@link ClusterResponse.RemoteSockets}. */
    record RemoteFetch(Optional<String> uid, String requestId, Target target) implements ClusterRequest {}

    /** An event for the servers themselves; with a {@code requestId} each answers {@link ClusterResponse.ServerSideAck}. */
    record ServerSideEmit(Optional<String> uid, Optional<String> requestId, ArrayNode data) implements ClusterRequest {}

    /**
     * An event for clients, with acks. Each server answers {@link ClusterResponse.ClientCount} once and {@link
     * ClusterResponse.ClientAck} for each client that acks.
     */
    record BroadcastWithAck(Optional<String> uid, String requestId, EventPacket packet, Target target, Flags flags)
            implements ClusterRequest {}
}
