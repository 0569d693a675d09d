package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as the real packages published it: {@code cluster/captured.json}, which {@code src/test/js/capture.js} writes. Its
 * header says how.
 */
record Captured(String name, String channel, byte[] bytes, String json) {
    private static final Map<String, Captured> ALL = read();

    static Captured get(String name) {
        Captured captured = ALL.get(name);
        if (captured == null) {
            throw new IllegalArgumentException("not captured: " + name);
        }
        return captured;
    }

    static Map<String, Captured> all() {
        return ALL;
    }

    private static Map<String, Captured> read() {
        Map<String, Captured> all = new LinkedHashMap<>();
        try (InputStream in = Captured.class.getResourceAsStream("/cluster/captured.json")) {
            for (JsonNode each : new ObjectMapper().readTree(in)) {
                String name = each.get("name").textValue();
                String channel = each.get("channel").textValue();
                all.put(
                        name,
                        new Captured(
                                name, channel, bytes(each), each.path("json").textValue()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all;
    }

    private static byte[] bytes(JsonNode each) {
        return each.has("hex")
                ? HexFormat.of().parseHex(each.get("hex").textValue())
                : each.get("text").textValue().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
