package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.redis.RedisProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;
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
        String answer = ask(node.uri("/"), path, extension);

        assertThat(answer).contains("101").doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        assertThat(node.log()).doesNotContain("WARN  [io.netty");
    }

    /** The head of the answer. */
    private static String ask(URI uri, String path, String extension) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Extensions: " + extension
                + "\r\n\r\n";
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new Scanner(socket.getInputStream(), StandardCharsets.ISO_8859_1)
                    .useDelimiter("\r\n\r\n")
                    .next();
        }
    }
}
