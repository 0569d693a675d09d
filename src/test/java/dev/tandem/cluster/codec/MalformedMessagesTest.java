package dev.tandem.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies each way of being no message, and what is let pass because peers let it pass. Single quotes stand for double ones. */
class MalformedMessagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'uid': 'u'}",
                "[]",
                "['u']",
                "['u', {'type': 2, 'data': ['e']}]",
                "[7, {'type': 2, 'data': ['e']}, {}]",
                "['u', 7, {}]",
                "['u', {'data': ['e']}, {}]",
                "['u', {'type': 1, 'data': ['e']}, {}]",
                "['u', {'type': 2}, {}]",
                "['u', {'type': 2, 'data': []}, {}]",
                "['u', {'type': 2, 'data': [{}]}, {}]",
                "['u', {'type': 2, 'data': ['e'], 'nsp': 7}, {}]",
                "['u', {'type': 2, 'data': ['e'], 'id': '7'}, {}]",
                "['u', {'type': 2, 'data': ['e']}, 7]",
                "['u', {'type': 2, 'data': ['e']}, {'rooms': 'a'}]",
                "['u', {'type': 2, 'data': ['e']}, {'rooms': [{}]}]",
                "['u', {'type': 2, 'data': ['e']}, {'except': {}}]",
                "['u', {'type': 2, 'data': ['e']}, {'flags': 7}]",
                "['u', {'type': 2, 'data': ['e']}, {'flags': {'timeout': 'x'}}]",
            })
    void refusesBroadcasts(String json) {
        byte[] message = MessagePackWriter.write(Values.json(json.replace('\'', '"')));

        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> ClusterCodec.decodeBroadcast(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{'type': 1, 'requestId': 'r'} {}",
                "{'requestId': 'r'}",
                "{'type': '1', 'requestId': 'r'}",
                "{'type': 1.5, 'requestId': 'r'}",
                "{'type': -1, 'requestId': 'r'}",
                "{'type': 10, 'requestId': 'r'}",
                "{'type': 1e99, 'requestId': 'r'}",
                "{'type': 8, 'requestId': 'r'}",
                "{'type': 9, 'requestId': 'r'}",
                "{'type': 0, 'rooms': []}",
                "{'type': 1}",
                "{'type': 1, 'requestId': 7}",
                "{'type': 1, 'requestId': 'r', 'uid': {}}",
                "{'type': 2, 'opts': []}",
                "{'type': 2, 'opts': {}, 'rooms': 'a'}",
                "{'type': 2, 'requestId': 'r', 'sid': 's'}",
                "{'type': 3, 'requestId': 'r', 'room': 'a'}",
                "{'type': 4, 'requestId': 'r', 'close': true}",
                "{'type': 5, 'opts': {}}",
                "{'type': 6}",
                "{'type': 6, 'data': 'e'}",
                "{'type': 6, 'data': []}",
                "{'type': 7, 'requestId': 'r', 'opts': {}}",
            })
    void refusesRequests(String json) {
        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> ClusterCodec.decodeRequest(json(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'requestId': 7}",
                "{'requestId': 'r', 'type': 8}",
                "{'requestId': 'r', 'type': 8, 'clientCount': -1}",
                "{'requestId': 'r', 'type': 8, 'clientCount': 3000000000}",
                "{'requestId': 'r', 'type': 77}",
                "{'requestId': 'r', 'rooms': 'a'}",
                "{'requestId': 'r', 'sockets': {}}",
                "{'requestId': 'r', 'sockets': ['a', {}]}",
                "{'requestId': 'r', 'sockets': [{}]}",
                "{'requestId': 'r', 'sockets': [{'id': 's', 'rooms': 'a'}]}",
            })
    void refusesResponses(String json) {
        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> ClusterCodec.decodeResponse(json(json)));
    }

    @Test
    void letsPassWhatPeersLetPass() {
        byte[] broadcast = MessagePackWriter.write(Values.json(
                "[\"u\", {\"type\": 5, \"data\": [\"e\"]}, {\"rooms\": null, \"flags\": {\"volatile\": null}}, 7]"));

        assertThat(ClusterCodec.decodeBroadcast(broadcast))
                .as("a binary event, no namespace, no rooms, something more")
                .isEqualTo(
                        new Broadcast("u", new EventPacket("/", Values.list("e")), Target.everybody(), Flags.none()));
        assertThat(ClusterCodec.decodeRequest(MessagePackWriter.write(Values.object("type", 1, "requestId", "r"))))
                .as("MessagePack where peers write JSON")
                .isEqualTo(new ClusterRequest.AllRooms(Optional.empty(), "r"));
    }

    @Test
    void refusesWhatIsTooLong() {
        ClusterResponse tooLong = new ClusterResponse.ServerSideAck("r", TextNode.valueOf("x".repeat(Limits.BYTES)));

        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> ClusterCodec.decodeResponse(new byte[Limits.BYTES + 1]));
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterCodec.encode(tooLong));
    }

    @Test
    void refusesJsonThatIsNestedTooDeeply() {
        String deep = "{'requestId': 'r', 'type': 6, 'data': " + "[".repeat(600) + "]".repeat(600) + "}";

        assertThatExceptionOfType(MalformedClusterMessage.class)
                .isThrownBy(() -> ClusterCodec.decodeResponse(json(deep)));
    }

    private static byte[] json(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
