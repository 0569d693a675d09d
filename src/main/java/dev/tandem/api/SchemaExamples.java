package dev.tandem.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Makes an example of a schema, of the examples of its fields, or else of what such fields hold. */
final class SchemaExamples {
    private static final int DEEPEST = 6;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            Map.entry("id", "lobby"),
            Map.entry("room", "lobby"),
            Map.entry("user", "k3x9v0q1m2n4p5r6"),
            Map.entry("owner", "k3x9v0q1m2n4p5r6"),
            Map.entry("author", Map.of("id", "k3x9v0q1m2n4p5r6", "name", "Ada")),
            Map.entry("epoch", "k3x9v0q1m2"),
            Map.entry("text", "Hello"),
            Map.entry("token", "9f8s7d6f5g4h3j2k1l0q"),
            Map.entry("next", "lobby"),
            Map.entry("role", "moderator"),
            Map.entry("at", "2026-01-31T12:00:00Z"),
            Map.entry("since", "2026-01-31T12:00:00Z"),
            Map.entry("until", "2026-01-31T13:00:00Z"),
            Map.entry("createdAt", "2026-01-31T12:00:00Z"),
            Map.entry("lastUsed", "2026-01-31T12:00:00Z"),
            Map.entry("lastSeen", "2026-01-31T12:00:00Z"),
            Map.entry("expires", "2026-01-31T13:00:00Z"),
            Map.entry("status", 200),
            Map.entry("metadata", Map.of("colour", "blue")),
            Map.entry("data", Map.of("x", 10)));

    private final Map<String, Schema> schemas;

    SchemaExamples(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    Object of(Schema schema) {
        return of("", schema, 0);
    }

    private Object of(String name, Schema given, int depth) {
        Schema schema = resolved(given);
        Object own = own(schema);
        if (own != null) {
            return own;
        } else if (schema.getEnumeration() != null && !schema.getEnumeration().isEmpty()) {
            return schema.getEnumeration().get(0);
        }
        boolean isNumber = is(schema, Schema.SchemaType.INTEGER) || is(schema, Schema.SchemaType.NUMBER);
        Object usual = BY_NAME.get(name);
        if (usual != null && isNumber == usual instanceof Number && !is(schema, Schema.SchemaType.ARRAY)) {
            return usual;
        } else if (isNumber) {
            return 1;
        } else if (is(schema, Schema.SchemaType.BOOLEAN)) {
            return true;
        } else if (is(schema, Schema.SchemaType.STRING)) {
            return "text";
        } else if (is(schema, Schema.SchemaType.ARRAY)) {
            return depth > DEEPEST || schema.getItems() == null
                    ? List.of()
                    : List.of(of(singular(name), schema.getItems(), depth + 1));
        }
        return object(schema, depth);
    }

    private Object object(Schema schema, int depth) {
        Map<String, Object> made = new LinkedHashMap<>();
        if (schema.getProperties() != null && depth <= DEEPEST) {
            schema.getProperties().forEach((field, type) -> made.put(field, of(field, type, depth + 1)));
        }
        if (schema.getAllOf() != null) {
            for (Schema part : schema.getAllOf()) {
                if (of("", part, depth + 1) instanceof Map<?, ?> fields) {
                    fields.forEach((field, value) -> made.put(field.toString(), value));
                }
            }
        }
        return made;
    }

    private Schema resolved(Schema schema) {
        String ref = schema.getRef();
        Schema found = ref == null ? null : schemas.get(ref.substring(ref.lastIndexOf('/') + 1));
        return found == null ? schema : found;
    }

    private static Object own(Schema schema) {
        if (schema.getExamples() == null || schema.getExamples().isEmpty()) {
            return null;
        }
        Object first = schema.getExamples().get(0);
        boolean isText = is(schema, Schema.SchemaType.STRING);
        return first instanceof String text && !isText ? read(text) : first;
    }

    /** In annotations, examples are texts. */
    private static Object read(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JsonProcessingException noJson) {
            return text;
        }
    }

    private static boolean is(Schema schema, Schema.SchemaType type) {
        return schema.getType() != null && schema.getType().contains(type);
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }
}
