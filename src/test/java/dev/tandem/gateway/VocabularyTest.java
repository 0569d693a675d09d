package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.RoomEvent;
import dev.tandem.id.NodeId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that {@code asyncapi.json} says what can be said and what is told: all of it, and nothing else. */
class VocabularyTest {
    private static final String FILE = "META-INF/resources/asyncapi.json";
    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            document = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void everyCommandIsDescribedAndNoOther() {
        Set<String> known = new TreeSet<>(CommandNames.names());
        known.add("auth");

        assertSame("commands", known, described("command."));
        assertSame("answers", known, described("answer."));
    }

    @Test
    void everyEventIsDescribedAndNoOther() throws Exception {
        Set<String> known = new TreeSet<>();
        for (Class<?> kind : RoomEvent.class.getPermittedSubclasses()) {
            for (Object event : all(kind)) {
                known.add(((RoomEvent) event).name());
            }
        }
        for (Method method : ServerFrame.class.getDeclaredMethods()) {
            if (makesAnEvent(method)) {
                known.add(((ServerFrame.Event) method.invoke(null, arguments(method.getParameterTypes()))).name());
            }
        }

        assertSame("events", known, described("event."));
    }

    @Test
    void everyMessageHasAnOperation() {
        Set<String> used = new TreeSet<>();
        document.path("operations").forEach(operation -> {
            operation.path("messages").forEach(message -> used.add(last(message)));
            operation.path("reply").path("messages").forEach(message -> used.add(last(message)));
        });
        Set<String> messages = new TreeSet<>();
        document.path("components").path("messages").fieldNames().forEachRemaining(messages::add);

        assertThat(used).isEqualTo(messages);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static void assertSame(String what, Set<String> known, Set<String> described) {
        Set<String> missing = new TreeSet<>(known);
        missing.removeAll(described);
        Set<String> unknown = new TreeSet<>(described);
        unknown.removeAll(known);
        assertThat(missing)
                .as("%s that are not in %s, where they must be described", what, FILE)
                .isEmpty();
        assertThat(unknown).as("%s in %s that there are not", what, FILE).isEmpty();
    }

    private static Set<String> described(String prefix) {
        Set<String> names = new TreeSet<>();
        document.path("components").path("messages").fields().forEachRemaining(message -> {
            if (message.getKey().startsWith(prefix)) {
                assertThat(message.getKey())
                        .isEqualTo(prefix + message.getValue().path("name").asText());
                names.add(message.getKey().substring(prefix.length()));
            }
        });
        return names;
    }

    private static String last(JsonNode reference) {
        String path = reference.path("$ref").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** One of that kind, or one for each name that the kind has. */
    private static List<Object> all(Class<?> kind) throws ReflectiveOperationException {
        if (kind.isSealed()) {
            List<Object> kinds = new ArrayList<>();
            for (Class<?> narrower : kind.getPermittedSubclasses()) {
                kinds.addAll(all(narrower));
            }
            return kinds;
        }
        Constructor<?> constructor = kind.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Class<?>[] types = constructor.getParameterTypes();
        List<Object> made = new ArrayList<>();
        Object[] constants = {null};
        for (Class<?> type : types) {
            constants = type.isEnum() ? type.getEnumConstants() : constants;
        }
        for (Object constant : constants) {
            Object[] arguments = Stream.of(types)
                    .map(type -> type.isEnum() ? constant : argument(type))
                    .toArray();
            made.add(constructor.newInstance(arguments));
        }
        return made;
    }

    private static boolean makesAnEvent(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == ServerFrame.Event.class
                && Arrays.stream(method.getParameterTypes()).noneMatch(RoomEvent.class::isAssignableFrom);
    }

    private static Object[] arguments(Class<?>[] types) {
        return Stream.of(types).map(VocabularyTest::argument).toArray();
    }

    private static Object argument(Class<?> type) {
        if (type == long.class) {
            return 1L;
        } else if (type == int.class) {
            return 1;
        } else if (type == boolean.class) {
            return true;
        } else if (type == String.class) {
            return "{}";
        } else if (type == UserId.class) {
            return new UserId("ada");
        } else if (type == RoomId.class) {
            return new RoomId("lobby");
        } else if (type == Map.class) {
            return Map.of();
        } else if (JsonNode.class.isAssignableFrom(type)) {
            return new ObjectMapper().createObjectNode();
        } else if (type == UserRef.class) {
            return new UserRef(new UserId("ada"), "Ada");
        }
        return type == NodeId.class ? new NodeId("node") : null;
    }
}
