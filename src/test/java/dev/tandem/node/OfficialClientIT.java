package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies what the official JavaScript client does by itself, against two nodes behind a proxy that knows nothing of sessions. */
class OfficialClientIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ROOM = "official";

    private JsPeer client;
    private RedisProcess redis;
    private TandemNode one;
    private TandemNode two;
    private RoundRobinProxy proxy;
    private PlainPeer sender;

    @BeforeEach
    void start() {
        client = JsPeer.start("client.js");
        redis = RedisProcess.start();
        one = TandemNode.start("one", redis, Map.of());
        two = TandemNode.start("two", redis, Map.of());
        proxy = RoundRobinProxy.before(one, two);
        sender = PlainPeer.connect(two.webSocketUri("/ws"));
        sender.join(one.createRoom(ROOM));
    }

    @AfterEach
    void stop() {
        client.close();
        sender.close();
        proxy.close();
        one.close();
        two.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'polling','websocket'", "'polling'", "'websocket'"})
    void clientWhoseConnectionIsCutRecovers(String transports) {
        connect(transports);
        String id = state().path("id").asText();
        join();
        say(2);
        awaitMessages(2);

        client.call("cut", JsPeer.fields());
        say(3);

        awaitConnects(2);
        awaitMessages(5);
        assertThat(state().path("recovered").asBoolean()).isTrue();
        assertThat(state().path("id").asText()).isEqualTo(id);
        say(1);
        awaitMessages(6);
        assertThat(seqs()).isEqualTo(LongStream.rangeClosed(1, 6).boxed().toList());
        assertThat(received("welcome")).hasSize(1);
    }

    @Test
    void clientOfAKilledNodeComesBackThroughTheOtherAsSomebodyNew() {
        connect("'polling','websocket'");
        String node =
                received("welcome").get(0).path("args").get(0).path("node").asText();
        TandemNode victim = node.equals("one") ? one : two;

        victim.kill();

        awaitConnects(2);
        assertThat(state().path("recovered").asBoolean()).isFalse();
        await().atMost(SOON).until(() -> received("welcome").size() == 2);
        assertThat(received("welcome").get(1).path("args").get(0).path("node").asText())
                .isNotEqualTo(node);
    }

    @Test
    void whatIsSaidWhileDisconnectedIsSentLater() {
        connect("'websocket'", 2_000);
        join();
        client.call("cut", JsPeer.fields());
        await().atMost(SOON).until(() -> client.events("disconnect").size() == 1);
        client.call("emit", JsPeer.fields("{'args':['send',{'room':'official','text':'buffered'}]}"));

        awaitMessages(1);
        say(1);
        awaitMessages(2);

        assertThat(messages().get(0).path("text").asText()).isEqualTo("buffered");
        assertThat(seqs()).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void ackThatDoesNotComeTimesOut() {
        connect("'websocket'");
        join();
        redis.hang();

        assertThatThrownBy(() -> client.call(
                        "emit",
                        JsPeer.fields("{'args':['send',{'room':'official','text':'late'}],'ack':true,'timeout':300}")))
                .hasStackTraceContaining("timed out");

        redis.goOn();
    }

    private void connect(String transports) {
        connect(transports, 200);
    }

    private void connect(String transports, int reconnectionDelay) {
        client.call(
                "connect",
                JsPeer.fields("{'url':'" + proxy.uri() + "','options':{'transports':[" + transports
                        + "],'reconnectionDelay':" + reconnectionDelay + "}}"));
        awaitConnects(1);
        await().atMost(SOON).until(() -> received("welcome").size() == 1);
        if (transports.contains("websocket")) {
            await().atMost(SOON).until(() -> state().path("transport").asText().equals("websocket"));
        }
    }

    private void join() {
        JsonNode answer = client.call("emit", JsPeer.fields("{'args':['join',{'room':'official'}],'ack':true}"));
        assertThat(answer.toString()).contains("\"ok\":true");
    }

    private void say(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(Peer.await(sender.send(ROOM, "hello")).path("ok").asBoolean())
                    .isTrue();
        }
    }

    private JsonNode state() {
        return client.call("state", JsPeer.fields());
    }

    private void awaitConnects(int count) {
        await().atMost(SOON).until(() -> client.events("connect").size() >= count);
    }

    private void awaitMessages(int count) {
        await().atMost(SOON).until(() -> messages().size() >= count);
    }

    private List<JsonNode> received(String name) {
        return client.events("received").stream()
                .filter(event -> event.path("name").asText().equals(name))
                .toList();
    }

    private List<JsonNode> messages() {
        return received("message").stream()
                .map(event -> event.path("args").get(0))
                .toList();
    }

    private List<Long> seqs() {
        return messages().stream().map(message -> message.path("seq").asLong()).toList();
    }
}
