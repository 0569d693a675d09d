package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Sends right and wrong values, drawn from a seed, to every operation that the description names, and verifies that nothing breaks: each
 * answer is one that was meant, or a problem with a code.
 */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class ContractFuzzTest {
    private static final long SEED = Long.getLong("tandem.fuzz.seed", 20_260_131L);
    private static final int CALLS = Integer.getInteger("tandem.fuzz.calls", 30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Set<String> CODES = codes();

    private static final List<String> TEXTS = List.of(
            "lobby",
            "a",
            "",
            " ",
            "a\r\nSet-Cookie: x=y",
            "\u0000",
            "a\u0000b",
            "\u202Egnp.exe",
            "{room}",
            "{}",
            "}{",
            "..",
            "../..",
            "a/b",
            "a|b",
            "%s%n",
            "*",
            "null",
            "-1",
            "1e400",
            "99999999999999999999",
            "\ud83d\ude00",
            "\ud800",
            "é",
            "'; DROP",
            "<script>",
            "x".repeat(10_240));

    @TestHTTPResource("/")
    URI uri;

    private final Random random = new Random(SEED);
    private final List<String> wrong = new ArrayList<>();
    private JsonNode document;
    private int made;

    @Test
    void nothingBreaks() {
        document = ApiDescriptionTest.document();
        given().contentType(ContentType.JSON).body(Map.of("id", "lobby")).post("/api/rooms");

        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(operation -> call(path.getKey(), operation.getKey(), operation.getValue())));

        assertThat(wrong).as("seed %d", SEED).isEmpty();
        assertThat(made).isGreaterThan(30 * CALLS);
    }

    private void call(String path, String method, JsonNode operation) {
        if (!Set.of("get", "post", "put", "patch", "delete").contains(method)) {
            return;
        }
        for (int i = 0; i < CALLS; i++) {
            String target = target(path, operation);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri.resolve(target)).timeout(Duration.ofSeconds(20));
            String body = operation.has("requestBody") ? body(operation) : null;
            request.method(
                    method.toUpperCase(Locale.ROOT),
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
            if (body != null) {
                request.header("Content-Type", chance(20) ? "text/plain" : "application/json");
            }
            headers(request, operation);
            check(method + " " + target, body, request.build());
        }
    }

    private void check(String what, String body, HttpRequest request) {
        made++;
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 500 || answer.statusCode() >= 400 && !isProblem(answer)) {
                wrong.add("%d to %s with %s: %s"
                        .formatted(answer.statusCode(), cut(what), cut(String.valueOf(body)), cut(answer.body())));
            }
        } catch (Exception failure) {
            wrong.add("no answer to %s with %s: %s".formatted(cut(what), cut(String.valueOf(body)), failure));
        }
    }

    private static boolean isProblem(HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        try {
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            return type.startsWith("application/problem+json")
                    && problem.path("status").asInt() == answer.statusCode()
                    && CODES.contains(problem.path("code").asText());
        } catch (IOException noJson) {
            return false;
        }
    }

    private void headers(HttpRequest.Builder request, JsonNode operation) {
        if (chance(3)) {
            request.header("X-Api-Key", IdentityProfile.ADMIN);
        } else if (chance(20)) {
            request.header("Authorization", "Bearer " + "a.b.c");
        }
        if (chance(10)) {
            request.header("Idempotency-Key", "fuzz-" + random.nextInt(20));
        }
        if (chance(10)) {
            request.header("If-Match", chance(2) ? "\"1\"" : "nonsense");
        }
    }

    /** A stream that is there would not end. */
    private String target(String path, JsonNode operation) {
        StringBuilder target = new StringBuilder();
        for (String part : path.substring(1).split("/")) {
            String text = part.startsWith("{") ? segment(path.endsWith("/stream")) : part;
            target.append('/').append(encoded(text));
        }
        char mark = '?';
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query") && chance(2)) {
                String value = chance(2) ? Integer.toString(random.nextInt(12) - 1) : urlText();
                target.append(mark)
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(encoded(value));
                mark = '&';
            }
        }
        return target.toString();
    }

    private String segment(boolean neverThere) {
        if (chance(2) && !neverThere) {
            return "lobby";
        }
        String text = urlText();
        return text.isEmpty() || text.startsWith(".") || neverThere && text.equals("lobby") ? "no-such" : text;
    }

    private String body(JsonNode operation) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return List.of("", "{", "nul", "[]", "\"a\"", "7", "null", "{}{}", "{\"a\":}", "\u0000")
                    .get(random.nextInt(10));
        } else if (kind == 1) {
            int deep = 100 + random.nextInt(20_000);
            return "{\"data\":" + "[".repeat(deep) + "]".repeat(deep) + "}";
        }
        JsonNode content = operation.path("requestBody").path("content");
        JsonNode type = content.elements().hasNext() ? content.elements().next() : content;
        return value(type.path("schema"), 0, kind < 6).toString();
    }

    /** {@code right} says that most fields are to be of their types. */
    private JsonNode value(JsonNode given, int depth, boolean right) {
        JsonNode schema =
                given.has("$ref") ? document.at(given.path("$ref").asText().substring(1)) : given;
        if (depth > 4 || chance(right ? 25 : 5)) {
            return anything(0);
        }
        String type = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        return switch (type) {
            case "string" ->
                JsonNodeFactory.instance.textNode(
                        schema.has("enum") && chance(2)
                                ? schema.path("enum")
                                        .get(random.nextInt(schema.path("enum").size()))
                                        .asText()
                                : text());
            case "integer", "number" -> JsonNodeFactory.instance.numberNode(number());
            case "boolean" -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case "array" -> {
                var array = JsonNodeFactory.instance.arrayNode();
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    array.add(value(schema.path("items"), depth + 1, right));
                }
                yield array;
            }
            default -> {
                if (!schema.has("properties")) {
                    yield anything(0);
                }
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                schema.path("properties").fields().forEachRemaining(field -> {
                    if (chance(2)) {
                        object.set(field.getKey(), value(field.getValue(), depth + 1, right));
                    }
                });
                yield object;
            }
        };
    }

    private JsonNode anything(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> json.nullNode();
            case 1 -> json.numberNode(number());
            case 2 -> json.numberNode(random.nextDouble() * 1e300);
            case 3 -> json.booleanNode(random.nextBoolean());
            case 4 -> json.textNode(text());
            case 5 -> json.arrayNode().add(anything(depth + 1)).add(anything(depth + 1));
            default -> json.objectNode().set(text(), anything(depth + 1));
        };
    }

    private long number() {
        long[] numbers = {0, 1, 2, 60, -1, 1_000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
        return numbers[random.nextInt(numbers.length)];
    }

    /** Past 4 KB of a request's first line the server itself answers 414, before anything of this program is asked. */
    private String urlText() {
        String text = text();
        return text.length() > 1_000 ? text.substring(0, 1_000) : text;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= '0' && each <= '9'
                    || each >= 'A' && each <= 'Z'
                    || each >= 'a' && each <= 'z'
                    || each == '-';
            encoded.append(plain ? Character.toString((char) each) : "%%%02X".formatted(each));
        }
        return encoded.toString();
    }

    private static String cut(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            codes.add(code.wireName());
        }
        return codes;
    }
}
