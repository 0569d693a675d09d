package dev.tandem.cluster.codec;

import static dev.tandem.cluster.codec.Values.bytes;
import static dev.tandem.cluster.codec.Values.list;
import static dev.tandem.cluster.codec.Values.object;
import static dev.tandem.cluster.codec.Values.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.JsPeer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies with the MessagePack and the JSON of a live Node.js process that it sees in our bytes what we meant, and we in its. */
class NodeReadsClusterCodecTest {
    private JsPeer node;

    /** Before each, so that each is counted as skipped where there is no Node.js. */
    @BeforeEach
    void startNode() {
        node = JsPeer.start("codec.js");
    }

    @AfterEach
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void nodeReadsBroadcasts() {
        ArrayNode data = list("file", bytes(0, 255), 1.5, -1, 4294967296L, "zwölf €😀", list(), object("a", true));
        Broadcast broadcast = new Broadcast(
                "abcdef",
                new EventPacket("/custom", data),
                new Target(ordered("a", "b"), Set.of("c")),
                new Flags(true, Optional.of(false), OptionalLong.empty()));

        assertThat(seenByNode(ClusterCodec.encode(broadcast)))
                .isEqualTo(list(
                        "abcdef",
                        object("type", 2, "data", data, "nsp", "/custom"),
                        object(
                                "rooms",
                                list("a", "b"),
                                "except",
                                list("c"),
                                "flags",
                                object("volatile", true, "compress", false))));
    }

    @Test
    void nodeReadsRequestsInBothFormats() {
        ArrayNode data = list("ask", bytes(8));
        ClusterRequest emit = new ClusterRequest.ServerSideEmit(Optional.of("abcdef"), Optional.empty(), data);
        ClusterRequest broadcast = new ClusterRequest.BroadcastWithAck(
                Optional.of("abcdef"), "r", new EventPacket("/", data), Target.everybody(), Flags.none());

        assertThat(seenByNode(ClusterCodec.encode(emit)))
                .isEqualTo(object("uid", "abcdef", "type", 6, "data", list("ask", Values.nodeBuffer(8))));
        assertThat(seenByNode(ClusterCodec.encode(broadcast)).path("packet"))
                .isEqualTo(object("type", 2, "data", data, "nsp", "/"));
    }

    /** Each length at which the format changes. */
    @Test
    void nodeReadsEveryLength() {
        for (int length : List.of(0, 15, 16, 31, 32, 255, 256, 65535, 65536)) {
            ArrayNode many = list();
            for (int at = 0; at < length; at++) {
                many.add(1);
            }
            ArrayNode value = list("x".repeat(length), bytes(new int[length]), many);

            assertThat(seenByNode(MessagePackWriter.write(value))).isEqualTo(value);
        }
    }

    @Test
    void weReadAndWriteWhatNodeWrites() {
        ArrayNode value = list("é", bytes(1), -33, 0.1, 70000, object("k", list((Object) null)));

        JsonNode written = node.call("encode", fields("value", value));

        assertThat(MessagePackReader.read(JsonText.bytes(written))).isEqualTo(value);
        assertThat(written).isEqualTo(BinaryNode.valueOf(MessagePackWriter.write(value)));
    }

    private JsonNode seenByNode(byte[] message) {
        return node.call("decode", fields("bytes", BinaryNode.valueOf(message)));
    }

    private static ObjectNode fields(String name, JsonNode value) {
        return JsPeer.fields().set(name, value);
    }
}
