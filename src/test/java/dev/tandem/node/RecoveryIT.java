package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a Socket.IO client that lost its connection comes back, on another node, as who it was, with all that it missed. */
class RecoveryIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private RedisProcess redis;
    private TandemNode one;
    private TandemNode two;
    private PlainPeer sender;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        one = TandemNode.start("one", redis, Map.of());
        two = TandemNode.start("two", redis, Map.of());
        sender = PlainPeer.connect(two.webSocketUri("/ws"));
        for (String room : List.of("red", "blue")) {
            one.createRoom(room);
            sender.join(room);
        }
    }

    @AfterEach
    void stop() {
        sender.close();
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void clientComesBackOnAnotherNodeWithWhatItMissedInEveryRoom() {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        lost.join("blue");
        say("red", 2);
        say("blue", 3);
        lost.awaitMessages(5);
        lost.drop();
        say("blue", 1);
        say("red", 4);

        RawSocket back = RawSocket.connect(two, lost);

        assertThat(back.sid()).isEqualTo(lost.sid());
        assertThat(back.pid()).isEqualTo(lost.pid());
        back.awaitMessages(5);
        say("red", 1);
        back.awaitMessages(6);
        assertThat(together(lost, back, "red")).isEqualTo(upTo(7));
        assertThat(together(lost, back, "blue")).isEqualTo(upTo(4));
        assertThat(back.events("welcome")).isEmpty();
        back.drop();
    }

    @Test
    void clientOfANodeThatStopsComesBackOnAnother() {
        RawSocket sentAway = RawSocket.connect(one, null);
        sentAway.join("red");
        say("red", 2);
        sentAway.awaitMessages(2);

        one.stop();
        say("red", 1);
        RawSocket back = RawSocket.connect(two, sentAway);

        assertThat(back.sid()).isEqualTo(sentAway.sid());
        back.awaitMessages(1);
        assertThat(together(sentAway, back, "red")).isEqualTo(upTo(3));
        assertThat(back.events("welcome")).isEmpty();
        back.drop();
    }

    @Test
    void whatWasSentButDidNotArriveIsSentAgain() {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        lost.join("blue");
        for (int i = 0; i < 10; i++) {
            say("red", 1);
            say("blue", 1);
        }
        lost.awaitMessages(20);
        String thirteenth = lost.offsetOfMessage(12);
        lost.drop();

        RawSocket back = RawSocket.connect(two, lost, thirteenth);

        back.awaitMessages(7);
        assertThat(back.sid()).isEqualTo(lost.sid());
        assertThat(back.seqs("red"))
                .isEqualTo(LongStream.rangeClosed(8, 10).boxed().toList());
        assertThat(back.seqs("blue"))
                .isEqualTo(LongStream.rangeClosed(7, 10).boxed().toList());
        back.drop();
    }

    @Test
    void clientComesBackThoughItsOldConnectionSeemsAlive() {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        say("red", 1);
        lost.awaitMessages(1);

        RawSocket back = RawSocket.connect(two, lost);
        say("red", 1);

        back.awaitMessages(1);
        assertThat(back.sid()).isEqualTo(lost.sid());
        await().atMost(SOON).until(lost::isClosed);
        assertThat(new HashSet<>(back.seqs("red"))).containsExactly(2L);
        back.drop();
    }

    @Test
    void recoveredClientGoesOnTalkingInItsRooms() throws Exception {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        String user = lost.user();
        lost.drop();

        RawSocket back = RawSocket.connect(two, lost);
        ObjectNode said =
                new ObjectMapper().createObjectNode().put("room", "red").put("text", "again");
        JsonNode answer = back.command("send", said);

        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        back.awaitMessages(1);
        assertThat(back.events("message").get(0).path("author").path("id").asText())
                .isEqualTo(user);
        back.drop();
    }

    @Test
    void sessionIsNewIfRedisHasLostThePast() {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        say("red", 1);
        lost.awaitMessages(1);
        lost.drop();
        await().until(() -> exists(lost));
        try (var console = redis.console()) {
            console.command("HSET", "room:{red}:details", "epoch", "another");
        }

        RawSocket back = RawSocket.connect(two, lost);

        assertThat(back.sid()).isNotEqualTo(lost.sid());
        await().atMost(SOON).until(() -> !back.events("welcome").isEmpty());
        back.drop();
    }

    @Test
    void sessionOfAKilledNodeIsNewAndCanBeTakenOnlyOnce() {
        RawSocket lost = RawSocket.connect(one, null);
        lost.join("red");
        say("red", 1);
        lost.awaitMessages(1);
        one.kill();

        RawSocket back = RawSocket.connect(two, lost);
        RawSocket again = RawSocket.connect(two, lost);

        assertThat(back.sid()).isNotEqualTo(lost.sid());
        assertThat(again.sid()).isNotEqualTo(lost.sid()).isNotEqualTo(back.sid());
        back.drop();
        again.drop();
    }

    private boolean exists(RawSocket socket) {
        try (var console = redis.console()) {
            return console.command("EXISTS", "recovery:" + socket.pid()).equals(1L);
        }
    }

    private void say(String room, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(Peer.await(sender.send(room, "hello")).path("ok").asBoolean())
                    .isTrue();
        }
    }

    private static List<Long> together(RawSocket lost, RawSocket back, String room) {
        List<Long> all = new ArrayList<>(lost.seqs(room));
        all.addAll(back.seqs(room));
        return all;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
