package dev.tandem.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Many calls in one. */
@Path("/api/batch")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Batch")
public class BatchResource {
    private static final Logger LOG = Logger.getLogger(BatchResource.class);
    private static final int MOST_CALLS = 50;
    private static final int MOST_ID = 200;
    private static final int MOST_PATH = 2_000;
    /** Bytes of all answers together. */
    private static final int MOST_ANSWERED = 8 * 1024 * 1024;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern VISIBLE = Pattern.compile("/api/[\\x21-\\x7e]*");
    private static final Pattern STREAM = Pattern.compile("/api/(?:rooms/[^/]*|lobby)/stream/?");
    private static final List<String> TOLD = List.of("Location", "ETag", "Retry-After");

    private final InnerCalls innerCalls;
    private final ObjectMapper mapper;

    BatchResource(InnerCalls innerCalls, ObjectMapper mapper) {
        this.innerCalls = innerCalls;
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make many calls",
            description = "One after another, as whoever makes this one; none is left out because another failed.")
    @APIResponse(
            responseCode = "200",
            description = "All answers, whatever they are",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    public Uni<BatchView> run(BatchRequest request, @jakarta.ws.rs.core.Context RoutingContext call) {
        if (innerCalls.isOfBatch(call)) {
            throw invalid("path", "a path that is no batch");
        }
        List<BatchRequest.Call> calls = Bodies.require(request).requests();
        if (calls == null || calls.isEmpty() || calls.size() > MOST_CALLS) {
            throw invalid("requests", "1 to " + MOST_CALLS + " calls");
        }
        return all(call, calls);
    }

    private Uni<BatchView> all(RoutingContext call, List<BatchRequest.Call> calls) {
        Context context = call.vertx().getOrCreateContext();
        int[] left = {MOST_ANSWERED};
        return Multi.createFrom()
                .iterable(calls)
                .onItem()
                .transformToUniAndConcatenate(each -> one(call, each, left[0], context)
                        .invoke(answered -> left[0] -= answered.bytes())
                        .map(Answered::answer))
                .collect()
                .asList()
                .map(BatchView::new);
    }

    private record Answered(BatchView.Answer answer, int bytes) {}

    private Uni<Answered> one(RoutingContext outer, BatchRequest.Call given, int most, Context context) {
        String id = given == null || given.id() == null || given.id().length() > MOST_ID ? null : given.id();
        return Uni.createFrom()
                .deferred(() -> innerCalls.call(outer, inner(outer, given), most))
                .emitOn(task -> context.runOnContext(turn -> task.run()))
                .map(answer -> answered(id, answer))
                .onFailure()
                .recoverWithItem(failure -> failed(id, failure));
    }

    private InnerCalls.Inner inner(RoutingContext outer, BatchRequest.Call given) {
        if (given == null || given.method() == null || !METHODS.contains(given.method())) {
            throw invalid("method", "GET, POST, PUT, PATCH or DELETE");
        } else if (given.id() != null && given.id().length() > MOST_ID) {
            throw invalid("id", "a text of at most " + MOST_ID + " characters");
        }
        MultiMap headers = innerCalls.inheritedByBatch(outer.request());
        boolean hasBody = given.body() != null && !given.body().isNull();
        Buffer body = hasBody ? Buffer.buffer(given.body().toString()) : Buffer.buffer();
        headers.set("Content-Length", Integer.toString(body.length()));
        if (hasBody || !given.method().equals("GET")) {
            headers.set("Content-Type", MediaType.APPLICATION_JSON);
        }
        return new InnerCalls.Inner(HttpMethod.valueOf(given.method()), requirePath(given.path()), headers, body);
    }

    /** A stream would not end. */
    private static String requirePath(String path) {
        try {
            boolean isRight = path != null
                    && path.length() <= MOST_PATH
                    && VISIBLE.matcher(path).matches()
                    && !STREAM.matcher(URI.create(path).normalize().getPath()).matches();
            if (isRight) {
                return path;
            }
        } catch (IllegalArgumentException malformed) {
            LOG.debugf("A path in a batch is no path: reason=\"%s\"", malformed.getMessage());
        }
        throw invalid("path", "a path under /api/ that ends");
    }

    private Answered answered(String id, InnerAnswer answer) {
        if (answer.isTooLarge()) {
            return failed(
                    id,
                    new TandemException(
                            ErrorCode.PAYLOAD_TOO_LARGE, "It was done; the answers are too long together."));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : TOLD) {
            String value = answer.headers().get(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        JsonNode body = answer.body().length() == 0 ? null : json(answer.body().toString());
        return new Answered(
                new BatchView.Answer(id, answer.status(), body, headers.isEmpty() ? null : headers),
                answer.body().length());
    }

    private JsonNode json(String body) {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException noJson) {
            return TextNode.valueOf(body);
        }
    }

    private Answered failed(String id, Throwable failure) {
        TandemException told = TandemException.of(failure);
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.error("A call of a batch failed for a reason that nobody foresaw", failure);
        }
        int status = Problems.status(told.code());
        JsonNode problem = mapper.valueToTree(Problems.describe(told, status));
        return new Answered(new BatchView.Answer(id, status, problem, null), 0);
    }

    private static TandemException invalid(String field, String rule) {
        return new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
