package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the commands of all features are called, and how each is read from its fields. */
final class CommandNames {
    private static final Map<String, CommandParser> ALL = together(List.of(
            ClientCommand.OfRoom.NAMES,
            ClientCommand.OfModeration.NAMES,
            ClientCommand.OfPeople.NAMES,
            ClientCommand.OfMessages.NAMES,
            ClientCommand.OfEvents.NAMES));

    private CommandNames() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    /** Fails with {@code invalid_command} if there is no command of that name. */
    static CommandParser parser(String name) {
        CommandParser parser = ALL.get(name);
        if (parser == null) {
            throw new TandemException(
                    ErrorCode.INVALID_COMMAND,
                    "There is no such command; there are " + String.join(", ", ALL.keySet()) + ".");
        }
        return parser;
    }

    /** Fails if two features call a command the same. */
    private static Map<String, CommandParser> together(List<Map<String, CommandParser>> features) {
        Map<String, CommandParser> all = new TreeMap<>();
        for (Map<String, CommandParser> names : features) {
            names.forEach((name, parser) -> {
                if (all.put(name, parser) != null) {
                    throw new IllegalStateException("Two commands are called " + name);
                }
            });
        }
        return all;
    }
}
