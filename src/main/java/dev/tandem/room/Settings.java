package dev.tandem.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.user.UserNames;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of rooms as callers give them, on any door, and checks each. From any thread. */
@Singleton
public class Settings {
    private static final int MOST_NAME = 200;
    private static final int MOST_TOPIC = 256;
    private static final int MOST_PASSWORD = 128;
    private static final int MOST_METADATA_BYTES = 8 * 1024;
    private static final int MOST_USERS = 1_000_000;
    private static final int YEAR_SECONDS = 31_536_000;
    private static final int DAY_SECONDS = 86_400;
    private static final String PASSWORD = "password";

    private final Map<String, Reader> readers = new LinkedHashMap<>();

    /** Reads a setting that is given and not null. Completes with what is stored, null if that is nothing. */
    private interface Reader {
        String read(String name, JsonNode given);

        /** Whether the setting can be taken away. */
        default boolean isOptional() {
            return true;
        }
    }

    /** One that every room has. */
    private record Needed(Reader reader) implements Reader {
        @Override
        public String read(String name, JsonNode given) {
            return reader.read(name, given);
        }

        @Override
        public boolean isOptional() {
            return false;
        }
    }

    Settings(RoomConfig config) {
        long oldest = config.historyAge().isZero()
                ? YEAR_SECONDS
                : config.historyAge().toSeconds();
        readers.put("name", new Needed(Settings::name));
        readers.put("private", new Needed((name, given) -> flag(name, given) ? "1" : "0"));
        readers.put("topic", Settings::topic);
        readers.put("metadata", Settings::metadata);
        readers.put("locked", (name, given) -> flag(name, given) ? "1" : null);
        readers.put("capacity", (name, given) -> Long.toString(number(name, given, 1, MOST_USERS)));
        readers.put("slowMode", Settings::slowMode);
        readers.put("historyCount", (name, given) -> Long.toString(number(name, given, 1, config.history())));
        readers.put("historyAge", (name, given) -> millis(number(name, given, 1, oldest)));
        readers.put("emptyTtl", (name, given) -> millis(number(name, given, 1, YEAR_SECONDS)));
    }

    /** The settings of a room that is to be made: as {@link #read}, but one that is null counts as not given. */
    public SettingsChange readNew(JsonNode given) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        given.fields().forEachRemaining(field -> {
            if (!field.getValue().isNull()) {
                some.set(field.getKey(), field.getValue());
            }
        });
        return read(some);
    }

    /**
     * The settings in that object, which may hold anything else too. One that is null is taken away. Fails with {@code
     * invalid_field}.
     */
    public SettingsChange read(JsonNode given) {
        Map<String, String> stored = new LinkedHashMap<>();
        List<String> cleared = new ArrayList<>();
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        readers.forEach((name, reader) -> {
            if (given.has(name)) {
                String value = value(name, reader, given.get(name));
                told.set(name, given.get(name));
                if (value == null) {
                    cleared.add(name);
                } else {
                    stored.put(name, value);
                }
            }
        });
        Optional<String> password = password(given, cleared, told);
        return new SettingsChange(stored, cleared, password, told);
    }

    /** Fails with {@code invalid_field} if that can be no room's password. */
    static String requirePassword(String given) {
        if (given.isEmpty() || given.length() > MOST_PASSWORD) {
            throw invalid(PASSWORD, "a text of 1 to " + MOST_PASSWORD + " characters");
        }
        return given;
    }

    private static Optional<String> password(JsonNode given, List<String> cleared, ObjectNode told) {
        JsonNode password = given.get(PASSWORD);
        if (password == null) {
            return Optional.empty();
        }
        told.put("passwordRequired", !password.isNull());
        if (password.isNull()) {
            cleared.add(PASSWORD);
            return Optional.empty();
        } else if (!password.isTextual()) {
            throw invalid(PASSWORD, "a text");
        }
        return Optional.of(requirePassword(password.textValue()));
    }

    private static String value(String name, Reader reader, JsonNode given) {
        if (!given.isNull()) {
            return reader.read(name, given);
        } else if (!reader.isOptional()) {
            throw invalid(name, "given, or left out");
        }
        return null;
    }

    private static String name(String field, JsonNode given) {
        String name = text(field, given, 1, MOST_NAME);
        if (!UserNames.canBeSeen(name)) {
            throw invalid(field, "a text without characters that cannot be seen");
        }
        return name;
    }

    private static String topic(String name, JsonNode given) {
        String topic = text(name, given, 0, MOST_TOPIC);
        return topic.isEmpty() ? null : topic;
    }

    private static String slowMode(String name, JsonNode given) {
        long seconds = number(name, given, 0, DAY_SECONDS);
        return seconds == 0 ? null : Long.toString(seconds);
    }

    private static String metadata(String name, JsonNode given) {
        String json = given.toString();
        if (!given.isObject() || json.getBytes(StandardCharsets.UTF_8).length > MOST_METADATA_BYTES) {
            throw invalid(name, "a JSON object of at most " + MOST_METADATA_BYTES + " bytes");
        }
        return json;
    }

    private static String text(String name, JsonNode given, int least, int most) {
        String text = given.textValue();
        if (text == null || text.length() < least || text.codePointCount(0, text.length()) > most) {
            throw invalid(name, "a text of " + least + " to " + most + " characters");
        }
        return text;
    }

    private static boolean flag(String name, JsonNode given) {
        if (!given.isBoolean()) {
            throw invalid(name, "true or false");
        }
        return given.booleanValue();
    }

    private static long number(String name, JsonNode given, long least, long most) {
        boolean fits = given.isIntegralNumber()
                && given.canConvertToLong()
                && given.longValue() >= least
                && given.longValue() <= most;
        if (!fits) {
            throw invalid(name, "a whole number from " + least + " to " + most);
        }
        return given.longValue();
    }

    private static String millis(long seconds) {
        return Long.toString(seconds * 1_000);
    }

    private static TandemException invalid(String field, String rule) {
        return new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, rule), field);
    }
}
