package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Verifies that the API's description has for every operation what a reader, or a generator, needs. */
@QuarkusTest
class ApiDescriptionTest {

    @Test
    void everyOperationHasAnIdOfItsOwnAndASummary() {
        List<String> wrong = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        eachOperation((name, operation) -> {
            if (operation.path("summary").asText().isEmpty()) {
                wrong.add(name + " has no summary");
            }
            String id = operation.path("operationId").asText();
            if (id.isEmpty() || !ids.add(id)) {
                wrong.add(name + " has no operationId of its own: " + id);
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(ids).hasSizeGreaterThan(30);
    }

    @Test
    void everyBodyHasAnExample() {
        List<String> wrong = new ArrayList<>();
        eachOperation((name, operation) -> {
            requireExamples(name + " request", operation.path("requestBody").path("content"), wrong);
            operation
                    .path("responses")
                    .fields()
                    .forEachRemaining(response -> requireExamples(
                            name + " " + response.getKey(), response.getValue().path("content"), wrong));
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyOperationSaysHowItCanFail() {
        List<String> wrong = new ArrayList<>();
        JsonNode document = document();
        eachOperation((name, operation) -> {
            Set<String> statuses = new TreeSet<>();
            operation.path("responses").fieldNames().forEachRemaining(statuses::add);
            boolean hasParameter = name.contains("{");
            Set<String> wanted = new TreeSet<>(Set.of("400", "401", "403", "429", "503"));
            if (hasParameter) {
                wanted.add("404");
            }
            if (!statuses.containsAll(wanted)) {
                wrong.add(name + " has only " + statuses);
            }
            operation.path("responses").fields().forEachRemaining(response -> {
                boolean failed = response.getKey().compareTo("400") >= 0;
                boolean isProblem =
                        resolved(document, response.getValue()).path("content").has("application/problem+json");
                if (failed && !isProblem) {
                    wrong.add(name + " " + response.getKey() + " is no problem");
                }
            });
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void allCodesStandInOnePlace() {
        Set<String> codes = new TreeSet<>();
        document()
                .path("components")
                .path("responses")
                .forEach(response -> response.path("content")
                        .path("application/problem+json")
                        .path("examples")
                        .fields()
                        .forEachRemaining(example -> {
                            assertThat(example.getValue()
                                            .path("value")
                                            .path("code")
                                            .asText())
                                    .isEqualTo(example.getKey());
                            codes.add(example.getKey());
                        }));

        Set<String> all = new TreeSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            all.add(code.wireName());
        }
        assertThat(codes).isEqualTo(all);
    }

    private static void requireExamples(String where, JsonNode content, List<String> wrong) {
        content.fields().forEachRemaining(type -> {
            JsonNode body = type.getValue();
            JsonNode one = body.has("example")
                    ? body.path("example")
                    : body.path("examples")
                            .path(firstName(body.path("examples")))
                            .path("value");
            if (one.isMissingNode() || one.isNull() || one.isContainerNode() && one.isEmpty()) {
                wrong.add(where + " " + type.getKey() + " has no example");
            }
        });
    }

    private static String firstName(JsonNode examples) {
        return examples.fieldNames().hasNext() ? examples.fieldNames().next() : "";
    }

    private static JsonNode resolved(JsonNode document, JsonNode response) {
        return response.has("$ref") ? document.at(response.path("$ref").asText().substring(1)) : response;
    }

    private static void eachOperation(BiConsumer<String, JsonNode> what) {
        document().path("paths").fields().forEachRemaining(path -> {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    what.accept(operation.getKey() + " " + path.getKey(), operation.getValue());
                }
            }
        });
    }

    static JsonNode document() {
        try {
            return new ObjectMapper()
                    .readTree(given().get("/q/openapi?format=json").asString());
        } catch (IOException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
