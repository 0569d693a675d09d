package dev.tandem.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that what one says oneself is known by its first bytes, and nothing else is. */
class SenderMarkTest {
    private static final ArrayNode DATA =
            JsonNodeFactory.instance.arrayNode().add("hello").add("abc123");
    private static final EventPacket PACKET = new EventPacket("/", DATA);

    private final SenderMark own = new SenderMark("abc123");

    static Stream<ClusterRequest> requests() {
        Optional<String> uid = Optional.of("abc123");
        Target all = Target.everybody();
        return Stream.of(
                new ClusterRequest.AllRooms(uid, "r"),
                new ClusterRequest.RemoteJoin(uid, all, Set.of("a")),
                new ClusterRequest.ServerSideEmit(uid, Optional.empty(), DATA),
                new ClusterRequest.BroadcastWithAck(uid, "r", PACKET, all, Flags.none()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ownRequestsAreKnownInBothFormats(ClusterRequest request) {
        byte[] message = ClusterCodec.encode(request);

        assertThat(own.isOnRequest(message)).isTrue();
        assertThat(new SenderMark("abc124").isOnRequest(message)).isFalse();
        assertThat(new SenderMark("abc12").isOnRequest(message)).isFalse();
    }

    @Test
    void ownBroadcastsAreKnown() {
        byte[] mine = broadcast("abc123");

        assertThat(own.isOnBroadcast(mine)).isTrue();
        assertThat(own.isOnBroadcast(broadcast("abc124"))).isFalse();
        assertThat(own.isOnBroadcast(broadcast("abc1234"))).isFalse();
        assertThat(own.isOnBroadcast(new byte[] {(byte) 0x93})).isFalse();
        assertThat(own.isOnRequest(new byte[0])).isFalse();
    }

    @Test
    void uidThatIsNoShortTextIsRefused() {
        assertThatThrownBy(() -> new SenderMark("x".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] broadcast(String uid) {
        return ClusterCodec.encode(new Broadcast(uid, PACKET, Target.everybody(), Flags.none()));
    }
}
