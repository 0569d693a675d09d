package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.message.Reaction;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form of a message, for the API's description; the messages themselves go out unread. */
record MessageView(
        String room,
        long seq,
        String id,
        UserRef author,

        @Schema(description = "Of removed messages there is none")
        String text,

        JsonNode data,

        @Schema(description = "The number of the message that it answers, if it does")
        Long replyTo,

        @Schema(description = "Whom it is about, if anybody")
        List<UserId> mentions,

        Instant at,

        @Schema(description = "When it was changed last, if it was")
        Instant editedAt,

        @Schema(description = "True if it was removed") Boolean deleted,

        @Schema(description = "When it was removed") Instant deletedAt,

        @Schema(description = "Who removed it, if not the author")
        UserRef by,

        @Schema(description = "The number of its last change among those of the room, if it was changed")
        Long change,

        @Schema(description = "Where they are asked for") List<Reaction> reactions) {}
