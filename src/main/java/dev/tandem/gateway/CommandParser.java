package dev.tandem.gateway;

import java.util.Map;

/**
 * Reads one command. It stands alone, since the features' names are made with it before all names are put together: a native image
 * initializes each class while it is built, in an order of its own.
 */
interface CommandParser {
    /** Fails with {@code invalid_field}. */
    ClientCommand parse(CommandFields given);

    /** What the command of that name is read with. */
    static Map.Entry<String, CommandParser> named(String name, CommandParser parser) {
        return Map.entry(name, parser);
    }
}
