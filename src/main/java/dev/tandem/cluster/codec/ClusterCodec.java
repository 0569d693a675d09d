package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;

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

    /** A broadcast whose event gets one more argument, at its end, between the two parts: MessagePack, made by whoever knows it. */
    public static Open encodeOpen(Broadcast broadcast) {
        EventPacket packet = broadcast.packet();
        ArrayNode data = JsonNodeFactory.instance.arrayNode().addAll(packet.data());
        data.addNull(); // one byte, in the place of what is to come
        byte[] bytes = encode(new Broadcast(
                broadcast.uid(), new EventPacket(packet.namespace(), data), broadcast.target(), broadcast.flags()));
        int rest = BroadcastCodec.afterData(broadcast).stream()
                .mapToInt(part -> MessagePackWriter.write(part).length)
                .sum();
        int end = bytes.length - rest;
        return new Open(Arrays.copyOf(bytes, end - 1), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** The bytes of a message, but for one value. */
    public record Open(byte[] before, byte[] after) {}

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
