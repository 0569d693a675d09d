package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message to be posted. */
@RegisterForReflection
public record MessageRequest(
        @Schema(description = "Chosen by the client, so that a repeat is harmless", examples = "0b1f6f7e-5b0c")
        String id,

        @Schema(required = true, examples = "Hello") String text,

        @Schema(description = "Anything to go with the text")
        JsonNode data,

        @Schema(description = "The number of the message that it answers", examples = "7")
        Long replyTo,

        @Schema(description = "The ids of users, at most 50", examples = "[\"ada\"]")
        List<String> mentions) {

    /** As in a command, data that is null counts as not given. */
    public MessageRequest {
        data = data == null || data.isNull() ? null : data;
    }

    /** Fails with {@code invalid_field} if they are no users' ids. */
    List<UserId> mentioned() {
        return mentions == null
                ? List.of()
                : mentions.stream().map(MessageRequest::user).toList();
    }

    private static UserId user(String id) {
        return Bodies.checked("mentions", "a list of users' ids", () -> new UserId(id));
    }
}
