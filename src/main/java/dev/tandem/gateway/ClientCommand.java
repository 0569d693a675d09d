package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that a client can say, over either door. Each feature has a part, with the names of its commands; what they do is in a
 * {@link FeatureCommands} of its own.
 */
public sealed interface ClientCommand {

    /** Being in rooms, and what rooms are like. */
    sealed interface OfRoom extends ClientCommand {
        Map<String, CommandNames.Parser> NAMES =
                Map.ofEntries(CommandNames.entry("join", Join::of), CommandNames.entry("leave", Leave::of));
    }

    /** Enter a room; {@code since} is the last number that was seen, in the past named {@code epoch}. */
    record Join(RoomId room, OptionalLong since, Optional<String> epoch) implements OfRoom {
        static Join of(CommandFields given) {
            return new Join(given.room(), given.seq("since"), given.text("epoch"));
        }
    }

    record Leave(RoomId room) implements OfRoom {
        static Leave of(CommandFields given) {
            return new Leave(given.room());
        }
    }

    /** What is said. */
    sealed interface OfMessages extends ClientCommand {
        Map<String, CommandNames.Parser> NAMES = Map.ofEntries(CommandNames.entry("send", Send::of));
    }

    /** Say something; {@code text} and {@code data} are null if the client gave none. */
    record Send(RoomId room, String text, Optional<MessageId> id, JsonNode data) implements OfMessages {
        static Send of(CommandFields given) {
            return new Send(
                    given.room(),
                    given.text("text").orElse(null),
                    given.text("id").map(MessageId::new),
                    given.any("data"));
        }
    }

    /** The command of that name; fails with {@code invalid_command} or {@code invalid_field}. */
    static ClientCommand parse(String name, JsonNode fields) {
        return CommandNames.parser(name).parse(new CommandFields(fields));
    }
}
