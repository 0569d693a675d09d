package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The messages of the cluster and their bytes. It is the channel that says which vocabulary a message is of, not its bytes, and
 * so does the caller. Each kind is written in the format in which the peers of Node.js write it; read are both, of each kind.
 *
 * <p>Pure; from any thread. Whatever is wrong with what is read, it is {@link MalformedClusterMessage}. Messages of more than
 * 16 MiB or with values nested more than 512 deep are malformed, and writing one fails with {@link IllegalArgumentException}.
 */
public final class ClusterCodec {
    private ClusterCodec() {}

    /** What came over the channel of a namespace or of one of its rooms. */
    public static Broadcast decodeBroadcast(byte[] message) {
        return BroadcastCodec.decode(read(message));
    }

    /** What came over the channel of requests. */
    public static ClusterRequest decodeRequest(byte[] message) {
        return RequestCodec.decode(Fields.of(read(message)));
    }

    /** What came over a channel of responses. */
    public static ClusterResponse decodeResponse(byte[] message) {
        return ResponseCodec.decode(Fields.of(read(message)));
    }

    public static byte[] encode(Broadcast broadcast) {
        return Limits.checkWritten(MessagePackWriter.write(BroadcastCodec.encode(broadcast)));
    }

    public static byte[] encode(ClusterRequest request) {
        return write(RequestCodec.encode(request), request instanceof ClusterRequest.BroadcastWithAck);
    }

    public static byte[] encode(ClusterResponse response) {
        return write(ResponseCodec.encode(response), response instanceof ClusterResponse.ClientAck);
    }

    /** What brings values of clients is MessagePack, since they may be binary. */
    private static byte[] write(JsonNode fields, boolean isMessagePack) {
        return Limits.checkWritten(isMessagePack ? MessagePackWriter.write(fields) : JsonText.write(fields));
    }

    /** A brace would be the integer 123 in MessagePack, which is no message. */
    private static JsonNode read(byte[] message) {
        Limits.checkRead(message);
        return message.length > 0 && message[0] == '{' ? JsonText.read(message) : MessagePackReader.read(message);
    }
}
