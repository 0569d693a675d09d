package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the commands of all features are called, and how each is read from its fields. */
final class CommandNames {
    private static final Map<String, Parser> ALL = together(List.of(
            ClientCommand.OfRoom.NAMES,
            ClientCommand.OfModeration.NAMES,
            ClientCommand.OfPeople.NAMES,
            ClientCommand.OfMessages.NAMES,
            ClientCommand.OfEvents.NAMES));

    /** Reads one command; fails with {@code invalid_field}. */
    interface Parser {
        ClientCommand parse(CommandFields given);
    }

    private CommandNames() {}

    static Map.Entry<String, Parser> entry(String name, Parser parser) {
        return Map.entry(name, parser);
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** Fails with {@code invalid_command} if there is no command of that name. */
    static Parser parser(String name) {
        Parser parser = ALL.get(name);
        if (parser == null) {
            throw new TandemException(
                    ErrorCode.INVALID_COMMAND,
                    "There is no such command; there are " + String.join(", ", ALL.keySet()) + ".");
        }
        return parser;
    }

    /** Fails if two features call a command the same. */
    private static Map<String, Parser> together(List<Map<String, Parser>> features) {
        Map<String, Parser> all = new TreeMap<>();
        for (Map<String, Parser> names : features) {
            names.forEach((name, parser) -> {
                if (all.put(name, parser) != null) {
                    throw new IllegalStateException("Two commands are called " + name);
                }
            });
        }
        return all;
    }
}
