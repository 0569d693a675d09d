package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a node without a Redis URL brings its own, keeps its data, and leaves no process behind. */
class EmbeddedRedisIT {
    private Path dir;

    @BeforeEach
    void createDir() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "redis").toAbsolutePath());
        dir = Files.createTempDirectory(parent, "embedded");
    }

    @Test
    void historySurvivesARestart() {
        try (TandemNode node = start()) {
            node.createRoom("kept");
            node.post("/api/rooms/kept/messages", "{\"text\":\"hello\"}");
            node.stop();
        }

        try (TandemNode again = start()) {
            List<JsonNode> history = again.history("kept");

            assertThat(history)
                    .extracting(message -> message.path("text").asText())
                    .containsExactly("hello");
            String next = again.post("/api/rooms/kept/messages", "{\"text\":\"again\"}")
                    .body();
            assertThat(next).contains("\"seq\":2");
        }
    }

    @Test
    void stopLeavesNoProcess() throws IOException {
        try (TandemNode node = start()) {
            ProcessHandle redis = redis();
            List<ProcessHandle> started = node.handle().descendants().toList();

            node.stop();

            assertThat(redis.isAlive()).isFalse();
            assertThat(started).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void killedNodeLeavesNoProcessEither() throws IOException {
        try (TandemNode node = start()) {
            node.createRoom("kept");
            node.post("/api/rooms/kept/messages", "{\"text\":\"hello\"}");
            ProcessHandle redis = redis();

            node.kill();

            await().atMost(Duration.ofSeconds(10)).until(() -> !redis.isAlive());
        }
        try (TandemNode again = start()) {
            assertThat(again.history("kept")).hasSize(1);
        }
    }

    @Test
    void secondNodeDoesNotTakeTheDirectoryOfTheFirst() {
        try (TandemNode first = start();
                TandemNode second = TandemNode.launch("second", settings())) {
            int exitCode = second.awaitExit();

            assertThat(exitCode).isEqualTo(1);
            assertThat(second.log()).contains("TANDEM_REDIS_URL");
            assertThat(first.isReady()).isTrue();
        }
    }

    @Test
    void secondNodeSharesTheRedisOfTheFirstByItsUrl() {
        String port = Integer.toString(FreePorts.next());
        try (TandemNode first = TandemNode.start(
                        "first",
                        Map.of("TANDEM_REDIS_EMBEDDED_DIR", dir.toString(), "TANDEM_REDIS_EMBEDDED_PORT", port));
                TandemNode second =
                        TandemNode.start("second", Map.of("TANDEM_REDIS_URL", "redis://127.0.0.1:" + port))) {
            first.createRoom("shared");

            assertThat(second.get("/api/rooms/shared").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void productionRefusesTheDevelopmentSecret() {
        try (TandemNode node = TandemNode.launch(
                "insecure",
                Map.of("TANDEM_REDIS_URL", "redis://127.0.0.1:1", "TANDEM_SESSION_SECRET", "tandem-dev-secret"))) {
            int exitCode = node.awaitExit();

            assertThat(exitCode).isEqualTo(1);
            assertThat(node.log()).contains("TANDEM_SESSION_SECRET is not set");
        }
    }

    private TandemNode start() {
        return TandemNode.start("embedded", settings());
    }

    private Map<String, String> settings() {
        return Map.of("TANDEM_REDIS_EMBEDDED_DIR", dir.toString());
    }

    private ProcessHandle redis() throws IOException {
        String pid = Files.readString(dir.resolve("redis.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
