package dev.tandem.node;

import static dev.tandem.node.JsPeer.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that the Node.js peers of the other tests are a cluster among themselves, so that a failure there is Tandem's. */
class JsPeersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static RedisProcess redis;

    private JsPeer near;
    private JsPeer far;
    private JsPeer client;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void startPeers() {
        near = server();
        far = JsPeer.start("server.js");
        int port = far.call("listen", listen()).path("port").asInt();
        client = JsPeer.start("client.js");
        client.call("connect", fields().put("url", "http://127.0.0.1:" + port));
        await().atMost(PATIENCE).until(() -> !client.events("connect").isEmpty());
    }

    @AfterEach
    void stopPeers() {
        for (JsPeer peer : new JsPeer[] {near, far, client}) {
            if (peer != null) {
                peer.close();
            }
        }
    }

    @Test
    void clientUpgradesAndIsAckedWithBinary() {
        ObjectNode emit = fields("{'args': ['message-with-ack', 1], 'ack': true, 'timeout': 5000}");
        emit.withArray("args").add(BinaryNode.valueOf(new byte[] {1, 2}));

        JsonNode ack = client.call("emit", emit);

        assertThat(ack.get(1)).isEqualTo(BinaryNode.valueOf(new byte[] {1, 2}));
        await().atMost(PATIENCE)
                .until(() -> client.call("state", fields())
                        .path("transport")
                        .asText()
                        .equals("websocket"));
    }

    @Test
    void serverReachesTheSocketsOfAnother() {
        client.call("emit", fields("{'args': ['join', 'a'], 'ack': true}"));

        JsonNode answers =
                near.call("emitWithAck", fields("{'rooms': ['a'], 'flags': {'timeout': 5000}, 'args': ['q', 7]}"));

        assertThat(answers).isEqualTo(fields("{'responses': [7]}"));
        assertThat(near.call("fetchSockets", fields("{'rooms': ['a']}"))).hasSize(1);
        assertThat(StreamSupport.stream(near.call("allRooms", fields()).spliterator(), false))
                .anyMatch(room -> room.asText().equals("a"));
    }

    @Test
    void serversTalkToEachOther() {
        far.call("onServerSideEmit", fields("{'name': 'ask', 'answer': 'because'}"));

        JsonNode answers = near.call("serverSideEmitWithAck", fields("{'args': ['ask', 'why']}"));

        assertThat(answers).isEqualTo(fields("{'responses': ['because']}"));
        await().atMost(PATIENCE).until(() -> far.events("server-side").size() == 1);
    }

    @Test
    void emitterReachesClients() {
        try (JsPeer emitter = JsPeer.start("emitter.js")) {
            emitter.call("connect", fields().put("redis", redis.url()));

            emitter.call("emit", fields("{'args': ['hello', {'$bin': 'AQI='}]}"));

            await().atMost(PATIENCE)
                    .until(() -> client.events("received").stream()
                            .anyMatch(event -> event.path("name").asText().equals("hello")
                                    && event.path("args").path(0).isBinary()));
        }
    }

    @Test
    void sayWhyACommandFailed() {
        assertThatThrownBy(() -> client.call("fly", fields())).hasRootCauseMessage("no such command: fly");
    }

    private static JsPeer server() {
        JsPeer server = JsPeer.start("server.js");
        server.call("listen", listen());
        return server;
    }

    private static ObjectNode listen() {
        return fields().put("redis", redis.url());
    }
}
