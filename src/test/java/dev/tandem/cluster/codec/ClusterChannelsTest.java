package dev.tandem.cluster.codec;

import static dev.tandem.cluster.codec.Values.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verifies the channels by those on which real peers published. */
class ClusterChannelsTest {
    private final ClusterChannels root = new ClusterChannels("captured", "/");
    private final ClusterChannels custom = new ClusterChannels("captured", "/custom");

    @Test
    void broadcastsToOneRoomHaveAChannelOfTheirOwn() {
        assertThat(root.broadcast(Set.of())).isEqualTo(channel("broadcast to all"));
        assertThat(root.broadcast(Set.of("a"))).isEqualTo(channel("broadcast to one room"));
        assertThat(root.broadcast(ordered("a", "b"))).isEqualTo(channel("broadcast to two rooms"));
        assertThat(custom.broadcast(Set.of("a"))).isEqualTo(channel("broadcast in a namespace"));
    }

    @Test
    void patternIsThatOfTheNamespace() {
        assertThat(root.broadcastPattern()).isEqualTo("captured#/#*");
        assertThat(new ClusterChannels("k", "/[a]*").broadcastPattern()).isEqualTo("k#/\\[a\\]\\*#*");
    }

    @Test
    void roomIsReadFromItsChannel() {
        assertThat(root.room(channel("broadcast to one room"))).contains("a");
        assertThat(root.room("captured#/#a#b#")).contains("a#b");
        assertThat(root.room(channel("broadcast to all"))).isEmpty();
        assertThat(root.room(channel("broadcast in a namespace"))).isEmpty();
    }

    @Test
    void requestsAndResponsesHaveTheirs() {
        assertThat(root.requests()).isEqualTo(channel("request for all rooms"));
        assertThat(custom.requests()).isEqualTo(channel("request to disconnect from the namespace"));
        assertThat(root.responses()).isEqualTo(channel("server-side ack"));
        assertThat(root.responses("uid001")).isEqualTo(channel("response with all rooms"));
    }

    private static String channel(String name) {
        return Captured.get(name).channel();
    }
}
