package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that a client can say, over either door. */
public sealed interface ClientCommand {

    RoomId room();

    /** Enter a room; {@code since} is the last number that was seen, in the past named {@code epoch}. */
    record Join(RoomId room, OptionalLong since, Optional<String> epoch) implements ClientCommand {}

    record Leave(RoomId room) implements ClientCommand {}

    /** Say something; {@code text} and {@code data} are null if the client gave none. */
    record Send(RoomId room, String text, Optional<MessageId> id, JsonNode data) implements ClientCommand {}

    /** The command of that name; fails with {@code invalid_command} or {@code invalid_field}. */
    static ClientCommand parse(String name, JsonNode fields) {
        CommandFields given = new CommandFields(fields);
        return switch (name) {
            case "join" -> new Join(given.room(), given.seq("since"), given.text("epoch"));
            case "leave" -> new Leave(given.room());
            case "send" ->
                new Send(
                        given.room(),
                        given.text("text").orElse(null),
                        given.text("id").map(MessageId::new),
                        given.any("data"));
            default ->
                throw new TandemException(
                        ErrorCode.INVALID_COMMAND, "There is no such command; there are 'join', 'leave' and 'send'.");
        };
    }
}
