package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.error.TandemException;
import dev.tandem.message.PostedMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of something that was said in many rooms, in the order in which they were named. */
@RegisterForReflection
public record BroadcastView(List<Result> items) {

    /** What became of it in one room. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String room,
            boolean ok,
            @Schema(description = "The message's number") Long seq,
            @Schema(description = "The message's id") String id,
            String at,
            Failure error) {

        static Result of(String room, PostedMessage posted) {
            return new Result(room, true, posted.seq(), posted.id().value(), posted.at(), null);
        }

        static Result of(String room, String at) {
            return new Result(room, true, null, null, at, null);
        }

        static Result of(String room, TandemException failure) {
            return new Result(room, false, null, null, null, Failure.of(failure));
        }
    }

    /** Why it was not said in a room, as sockets are told it. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(String code, String message, String field, Long retryAfter) {

        static Failure of(TandemException failure) {
            Long wait = failure.retryAfterSeconds().isPresent()
                    ? failure.retryAfterSeconds().getAsLong()
                    : null;
            return new Failure(
                    failure.code().wireName(),
                    failure.getMessage(),
                    failure.field().orElse(null),
                    wait);
        }
    }
}
