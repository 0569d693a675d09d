package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the API's description when it is built: every operation gets the problems that it may be answered, from one place where all
 * codes stand, and every body that has none an example, made of those of its fields.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    private static final String PROBLEM_JSON = "application/problem+json";
    /** What is said where nobody has said anything. */
    private static final String UNDESCRIBED = "Bad Request";

    private static final List<String> IDS = List.of("RoomId", "UserId", "MessageId", "EventName");
    private static final List<Integer> EVERYWHERE = List.of(400, 401, 403, 429, 500, 503);
    private static final List<Integer> WHERE_SOMETHING_CHANGES = List.of(409, 413, 422);

    @Override
    public void filterOpenAPI(OpenAPI api) {
        correctSchemas(api.getComponents());
        Map<Integer, Map<String, Example>> problems = problems();
        problems.forEach((status, codes) -> api.getComponents().addResponse(name(status), shared(status, codes)));
        SchemaExamples examples = new SchemaExamples(api.getComponents().getSchemas());
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    addProblems(path, method, operation, problems);
                    addExamples(operation, examples);
                }));
    }

    /** Ids are written as texts, and what may be anything is not described by the library that reads it. */
    private static void correctSchemas(Components components) {
        for (String id : IDS) {
            if (components.getSchemas().containsKey(id)) {
                components.addSchema(id, OASFactory.createSchema().addType(Schema.SchemaType.STRING));
            }
        }
        components.addSchema("JsonNode", OASFactory.createSchema().description("Anything"));
        components.removeSchema("JsonNodeType");
    }

    private static Map<Integer, Map<String, Example>> problems() {
        Map<Integer, Map<String, Example>> problems = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            int status = Problems.status(code);
            Problem problem =
                    Problems.describe(new TandemException(code, "What is wrong, for people to read."), status);
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("type", problem.type());
            value.put("title", problem.title());
            value.put("status", problem.status());
            value.put("detail", problem.detail());
            value.put("code", problem.code());
            problems.computeIfAbsent(status, first -> new LinkedHashMap<>())
                    .put(code.wireName(), OASFactory.createExample().value(value));
        }
        return problems;
    }

    private static APIResponse shared(int status, Map<String, Example> codes) {
        return OASFactory.createAPIResponse()
                .description(String.join(", ", codes.keySet()))
                .content(content(codes));
    }

    private static Content content(Map<String, Example> codes) {
        MediaType type =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        codes.forEach(type::addExample);
        return OASFactory.createContent().addMediaType(PROBLEM_JSON, type);
    }

    private static String name(int status) {
        return "Problem" + status;
    }

    /** Problems that are described keep their words, and get the form that they have. */
    private static void addProblems(
            String path, PathItem.HttpMethod method, Operation operation, Map<Integer, Map<String, Example>> problems) {
        List<Integer> statuses = new ArrayList<>(EVERYWHERE);
        if (method != PathItem.HttpMethod.GET) {
            statuses.addAll(WHERE_SOMETHING_CHANGES);
        }
        if (path.contains("{")) {
            statuses.add(404);
        }
        for (Integer status : statuses) {
            APIResponse described = operation.getResponses().getAPIResponse(status.toString());
            if (described == null || UNDESCRIBED.equals(described.getDescription())) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                status.toString(),
                                OASFactory.createAPIResponse().ref("#/components/responses/" + name(status)));
            }
        }
        problems.forEach((status, codes) -> {
            APIResponse described = operation.getResponses().getAPIResponse(status.toString());
            if (described != null && described.getRef() == null) {
                described.setContent(content(named(described.getDescription(), codes)));
            }
        });
    }

    /** Those codes that the words name, or all. */
    private static Map<String, Example> named(String description, Map<String, Example> codes) {
        Map<String, Example> named = new LinkedHashMap<>(codes);
        named.keySet().removeIf(code -> description == null || !description.contains(code));
        return named.isEmpty() ? codes : named;
    }

    private static void addExamples(Operation operation, SchemaExamples examples) {
        if (operation.getRequestBody() != null) {
            addExamples(operation.getRequestBody().getContent(), examples);
        }
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> addExamples(response.getContent(), examples));
    }

    private static void addExamples(Content content, SchemaExamples examples) {
        if (content == null || content.getMediaTypes() == null) {
            return;
        }
        for (MediaType type : content.getMediaTypes().values()) {
            boolean hasNone = type.getExample() == null
                    && (type.getExamples() == null || type.getExamples().isEmpty());
            if (hasNone && type.getSchema() != null) {
                type.setExample(examples.of(type.getSchema()));
            }
        }
    }
}
