package dev.tandem.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one table from failures to HTTP. */
@Singleton
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final long RETRY_AFTER_SECONDS = 1;
    private static final Map<ErrorCode, Integer> STATUS = statuses();

    private final MeterRegistry registry;

    Problems(MeterRegistry registry) {
        this.registry = registry;
    }

    @ServerExceptionMapper
    Response of(TandemException failure) {
        return problem(failure, STATUS.get(failure.code()));
    }

    @ServerExceptionMapper
    Response of(ConstraintViolationException invalid) {
        ConstraintViolation<?> first =
                invalid.getConstraintViolations().iterator().next();
        String field = last(first.getPropertyPath());
        return of(new TandemException(ErrorCode.INVALID_FIELD, "'%s' %s.".formatted(field, first.getMessage()), field));
    }

    /** A field of the wrong type is that field's fault; anything else is not JSON, wherever in the body it stands. */
    @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
    Response of(JsonProcessingException malformed) {
        List<JsonMappingException.Reference> path =
                malformed instanceof JsonMappingException mapping && isJson(mapping) ? mapping.getPath() : List.of();
        if (path.isEmpty() || path.get(0).getFieldName() == null) {
            return of(new TandemException(ErrorCode.INVALID_JSON, "The body must be one JSON object."));
        }
        String field = path.get(0).getFieldName();
        return of(new TandemException(ErrorCode.INVALID_FIELD, "'" + field + "' has the wrong type.", field));
    }

    private static boolean isJson(JsonMappingException failure) {
        return failure instanceof MismatchedInputException || failure.getCause() instanceof InputCoercionException;
    }

    @ServerExceptionMapper
    Response of(BodyLimit.TooLarge body) {
        String rule = "The body must have at most " + BodyLimit.MOST_BYTES + " bytes.";
        return of(new TandemException(ErrorCode.PAYLOAD_TOO_LARGE, rule));
    }

    /** What the framework refuses: an unknown path or method, a body of another type or size. */
    @ServerExceptionMapper
    Response of(WebApplicationException refused) {
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            return of(malformed);
        }
        int status = refused.getResponse().getStatus();
        if (status >= 500) {
            return of((Throwable) refused);
        }
        ErrorCode code = status == 413 ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.INVALID_COMMAND;
        String reason = refused.getResponse().getStatusInfo().getReasonPhrase();
        return problem(new TandemException(code, "The request was refused: " + reason + "."), status);
    }

    @ServerExceptionMapper
    Response of(Throwable unforeseen) {
        LOG.error("A request failed for a reason that nobody foresaw", unforeseen);
        return of(TandemException.of(unforeseen));
    }

    private Response problem(TandemException failure, int status) {
        String code = failure.code().wireName();
        registry.counter("tandem.errors", "code", code).increment();
        Problem problem = describe(failure, status);
        Response.ResponseBuilder response =
                Response.status(status).type("application/problem+json").entity(problem);
        if (status == 503 || status == 429) {
            response.header("Retry-After", failure.retryAfterSeconds().orElse(RETRY_AFTER_SECONDS));
        } else {
            failure.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        }
        if (status == 401) {
            response.header("WWW-Authenticate", "Bearer realm=\"tandem\"");
        }
        return response.build();
    }

    /** The status of that failure. */
    static int status(ErrorCode code) {
        return STATUS.get(code);
    }

    /** What is answered about that failure. */
    static Problem describe(TandemException failure, int status) {
        String code = failure.code().wireName();
        return new Problem(
                "urn:tandem:error:" + code,
                title(code),
                status,
                failure.getMessage(),
                code,
                failure.field().orElse(null));
    }

    private static String title(String code) {
        String words = code.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String last(Path path) {
        String name = "";
        for (Path.Node node : path) {
            name = node.getName();
        }
        return "isPrivate".equals(name) ? "private" : name;
    }

    private static Map<ErrorCode, Integer> statuses() {
        Map<ErrorCode, Integer> statuses = new EnumMap<>(ErrorCode.class);
        statuses.put(ErrorCode.ROOM_NOT_FOUND, 404);
        statuses.put(ErrorCode.ROOM_EXISTS, 409);
        statuses.put(ErrorCode.NOT_A_MEMBER, 403);
        statuses.put(ErrorCode.ALREADY_JOINED, 409);
        statuses.put(ErrorCode.BANNED, 403);
        statuses.put(ErrorCode.ROOM_FULL, 409);
        statuses.put(ErrorCode.ROOM_LOCKED, 403);
        statuses.put(ErrorCode.PASSWORD_REQUIRED, 403);
        statuses.put(ErrorCode.WRONG_PASSWORD, 403);
        statuses.put(ErrorCode.INVALID_INVITATION, 403);
        statuses.put(ErrorCode.MUTED, 403);
        statuses.put(ErrorCode.SLOW_MODE, 429);
        statuses.put(ErrorCode.VERSION_CONFLICT, 412);
        statuses.put(ErrorCode.LIMIT_REACHED, 409);
        statuses.put(ErrorCode.MESSAGE_NOT_FOUND, 404);
        statuses.put(ErrorCode.TOO_OLD, 409);
        statuses.put(ErrorCode.USER_NOT_FOUND, 404);
        statuses.put(ErrorCode.KEY_NOT_FOUND, 404);
        statuses.put(ErrorCode.INVALID_COMMAND, 400);
        statuses.put(ErrorCode.INVALID_JSON, 400);
        statuses.put(ErrorCode.INVALID_FIELD, 400);
        statuses.put(ErrorCode.TEXT_TOO_LONG, 400);
        statuses.put(ErrorCode.PAYLOAD_TOO_LARGE, 413);
        statuses.put(ErrorCode.UNAUTHENTICATED, 401);
        statuses.put(ErrorCode.FORBIDDEN, 403);
        statuses.put(ErrorCode.RATE_LIMITED, 429);
        statuses.put(ErrorCode.IDEMPOTENCY_CONFLICT, 422);
        statuses.put(ErrorCode.IN_PROGRESS, 409);
        statuses.put(ErrorCode.REDIS_UNAVAILABLE, 503);
        statuses.put(ErrorCode.OUTCOME_UNKNOWN, 503);
        statuses.put(ErrorCode.OVERLOADED, 503);
        statuses.put(ErrorCode.INTERNAL, 500);
        return statuses;
    }
}
