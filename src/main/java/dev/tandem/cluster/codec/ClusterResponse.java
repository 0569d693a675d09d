package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** What a server answers to a {@link ClusterRequest} with the same {@code requestId}. */
public sealed interface ClusterResponse {
    String requestId();

    /** To {@link ClusterRequest.Sockets}: the ids of the sockets. None at all are read as no {@link RemoteSockets}. */
    record Sockets(String requestId, Set<String> ids) implements ClusterResponse {}

    /** To {@link ClusterRequest.AllRooms}. */
    record AllRooms(String requestId, Set<String> rooms) implements ClusterResponse {}

    /** To {@link ClusterRequest.RemoteFetch}. */
    record RemoteSockets(String requestId, List<RemoteSocket> sockets) implements ClusterResponse {}

    /** To what older peers ask of one socket: it was done. */
    record Done(String requestId) implements ClusterResponse {}

    /** To {@link ClusterRequest.ServerSideEmit}; null if the server acked with nothing. */
    record ServerSideAck(String requestId, JsonNode data) implements ClusterResponse {}

    /** To {@link ClusterRequest.BroadcastWithAck}: how many clients this server has told. */
    record ClientCount(String requestId, int count) implements ClusterResponse {}

    /** To {@link ClusterRequest.BroadcastWithAck}: what one client acked with, its first argument, or null. */
    record ClientAck(String requestId, JsonNode data) implements ClusterResponse {}
}
