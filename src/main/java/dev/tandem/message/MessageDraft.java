package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.util.List;
import java.util.Optional;

/**
 * A message that someone wants to post.
 *
 * @param id chosen by the client, so that a repeat is harmless; the server chooses one if it is empty
 * @param text null if the client gave none, which is refused
 * @param data anything the application wants to go with the text; null if nothing
 * @param replyTo the number of the message that it answers
 * @param mentions whom it is about; a message without any says nothing of it
 */
public record MessageDraft(
        RoomId room,
        UserRef author,
        Optional<MessageId> id,
        String text,
        JsonNode data,
        Optional<Long> replyTo,
        List<UserId> mentions) {

    /** One that answers nothing and mentions nobody. */
    public MessageDraft(RoomId room, UserRef author, Optional<MessageId> id, String text, JsonNode data) {
        this(room, author, id, text, data, Optional.empty(), List.of());
    }
}
