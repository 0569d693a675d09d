package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.redis.RedisProcess;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that no extension is agreed on, also where Vert.x takes care of WebSockets, as it does in a native executable. */
class WebSocketExtensionsIT {
    private static RedisProcess redis;
    private static TandemNode node;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        node = TandemNode.start("native", redis, Map.of("JAVA_TOOL_OPTIONS", "-Dvertx.disableWebsockets=false"));
    }

    @AfterAll
    static void stop() {
        node.close();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, permessage-deflate",
        "/ws, deflate-frame",
        "/ws, x-webkit-deflate-frame",
        "/socket.io/?EIO=4&transport=websocket, permessage-deflate",
        "/socket.io/?EIO=4&transport=websocket, deflate-frame",
        "/socket.io/?EIO=4&transport=websocket, x-webkit-deflate-frame"
    })
    void noneIsAgreedOn(String path, String extension) throws IOException {
        try (UpgradedSocket socket =
                UpgradedSocket.open(node.uri(path), "Sec-WebSocket-Extensions: " + extension + "\r\n")) {
            assertThat(socket.head()).contains("101").doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
        assertThat(node.log()).doesNotContain("WARN  [io.netty");
    }
}
