package dev.tandem.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A client of a test, over one of the two doors. It keeps everything that it is told, in the order in which it comes. */
public abstract class Peer implements AutoCloseable {

    /** Something that the server told the client without being asked. */
    public record Event(String name, JsonNode json) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** Gives a command; completes with the answer, whether it is ok or not. */
    public abstract CompletableFuture<JsonNode> command(String name, ObjectNode fields);

    @Override
    public abstract void close();

    public static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    public JsonNode join(String room) {
        return await(command("join", fields().put("room", room)));
    }

    public JsonNode leave(String room) {
        return await(command("leave", fields().put("room", room)));
    }

    public CompletableFuture<JsonNode> send(String room, String text) {
        return command("send", fields().put("room", room).put("text", text));
    }

    public List<Event> events() {
        return events;
    }

    public List<JsonNode> events(String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::json)
                .toList();
    }

    /** Who the server says that the client is; waits until it does, so that whatever concerns that user reaches the client. */
    public JsonNode welcomed() {
        Awaitility.await().atMost(PATIENCE).until(() -> !events("welcome").isEmpty());
        return events("welcome").get(0).path("user");
    }

    /** The numbers of the messages of that room, in the order in which they came. */
    public List<Long> seqs(String room) {
        return events("message").stream()
                .filter(message -> message.path("room").asText().equals(room))
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    /** How many members that room was said to have, one after another, to who watches the public rooms. */
    public List<Long> counts(String room) {
        return counts(events("counts"), room);
    }

    /** The same of events that somebody else was told. */
    public static List<Long> counts(List<JsonNode> events, String room) {
        return events.stream()
                .flatMap(event -> StreamSupport.stream(event.path("items").spliterator(), false))
                .filter(item -> item.path("room").asText().equals(room))
                .map(item -> item.path("members").asLong())
                .toList();
    }

    public static JsonNode await(CompletableFuture<JsonNode> answer) {
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    protected void onEvent(String name, JsonNode json) {
        events.add(new Event(name, json));
    }
}
