package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.gateway.sse.StreamReader;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Somebody who watches the public rooms on any door: over HTTP as a stream. */
interface LobbyWatcher extends AutoCloseable {

    /** One who has been given a first page of so many rooms. */
    static LobbyWatcher watch(URI uri, Door door, int limit) {
        if (door == Door.HTTP) {
            return new Reader(StreamReader.open(uri.resolve("/api/lobby/stream?limit=" + limit), Map.of()));
        }
        Peer peer = door == Door.SOCKETIO
                ? SocketIoPeer.connect(uri)
                : PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"));
        JsonNode page = Peer.await(peer.command("watch", Peer.fields().put("limit", limit)));
        assertThat(page.path("ok").asBoolean()).isTrue();
        return new Member(peer, page);
    }

    /** The first page. */
    JsonNode page();

    List<JsonNode> events(String name);

    @Override
    void close();

    /** What was told of one room under that name. */
    default List<JsonNode> events(String name, String room) {
        return events(name).stream()
                .filter(event -> event.path("room").asText().equals(room))
                .toList();
    }

    /** How many members that room was said to have, one after another. */
    default List<Long> counts(String room) {
        return Peer.counts(events("counts"), room);
    }

    /** Whether anything was told of that room. */
    default boolean hasHeardOf(String room) {
        return List.of("listed", "changed", "unlisted").stream()
                        .anyMatch(name -> !events(name, room).isEmpty())
                || !counts(room).isEmpty();
    }

    record Member(Peer peer, JsonNode page) implements LobbyWatcher {
        @Override
        public List<JsonNode> events(String name) {
            return peer.events(name);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    record Reader(StreamReader stream) implements LobbyWatcher {
        public Reader {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !stream.events("rooms").isEmpty());
        }

        @Override
        public JsonNode page() {
            return stream.events().get(0).data();
        }

        @Override
        public List<JsonNode> events(String name) {
            return stream.events(name).stream().map(StreamReader.Event::data).toList();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
