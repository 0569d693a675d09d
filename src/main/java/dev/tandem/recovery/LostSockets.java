package dev.tandem.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import dev.tandem.internode.Nodes;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.socketio.Socket;
import dev.tandem.socketio.SocketIoConfig;
import dev.tandem.socketio.SocketSession;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sockets of all nodes, by their private ids, from CONNECT until they are gone, or until those that lost their connection may not
 * come back any more. Such an id is {@code <random>.<node>}: the node that had the socket is asked first to let go of it; then Redis has
 * what there was to keep. From any thread.
 */
@Singleton
public class LostSockets {
    private static final String RELEASE = "recovery.release";
    private static final Duration LET_GO = Duration.ofSeconds(3);
    private static final int RANDOM = 24;
    private static final Pattern PID = Pattern.compile("[a-z0-9]{" + RANDOM + "}\\.([A-Za-z0-9._-]{1,64})");

    private final NodeId node;
    private final Nodes nodes;
    private final Commands commands;
    private final ObjectMapper mapper;
    private final long windowMillis;
    private final LiveSockets live = new LiveSockets();

    /** What was kept: the socket, and what else its namespace wanted to know. */
    public record Kept(SocketSession session, JsonNode more) {}

    LostSockets(NodeId node, Nodes nodes, Commands commands, ObjectMapper mapper, SocketIoConfig config) {
        this.node = node;
        this.nodes = nodes;
        this.commands = commands;
        this.mapper = mapper;
        this.windowMillis = config.recoveryWindow().toMillis();
        nodes.onAsk(RELEASE, (from, pid) -> live.release(pid.toString()).replaceWith(Buffer.buffer()));
    }

    /** Whether anybody may come back. */
    public boolean isOn() {
        return windowMillis > 0;
    }

    /** A private id for a new socket of this node. */
    public String newPid() {
        return RandomText.letters(RANDOM) + "." + node;
    }

    /** A socket has come in, for the first time or again. */
    public void onConnected(String pid, Socket socket) {
        live.add(pid, socket);
    }

    /**
     * A socket of that namespace has lost its connection, and its namespace adds to what is kept when it knows it. Completes when Redis has that; fails as
     * {@link Commands} does, or as {@code more} does.
     */
    public Uni<Void> keep(String namespace, SocketSession session, Uni<Consumer<ObjectNode>> more) {
        live.keep(session.pid());
        return more.map(add -> json(namespace, session, add))
                .chain(json -> commands.send(
                        Effect.REPEATABLE,
                        Request.cmd(Command.SET)
                                .arg(RecoveryKeys.session(session.pid()))
                                .arg(json)
                                .arg("PX")
                                .arg(windowMillis)))
                .replaceWithVoid()
                .eventually(() -> live.settle(session.pid()));
    }

    /** A socket is gone, whether it may come back or not. */
    public void onGone(String pid) {
        live.onGone(pid);
    }

    /**
     * Finds a socket of that namespace again, which nobody else does any more. Empty if it is not there, or not any more; fails as {@link
     * Commands} does. If the node that had it does not answer, what it has kept counts.
     */
    public Uni<Optional<Kept>> take(String namespace, String pid) {
        Matcher form = PID.matcher(pid);
        if (!isOn() || !form.matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Request take = Request.cmd(Command.GETDEL).arg(RecoveryKeys.session(pid));
        return nodes.ask(new NodeId(form.group(1)), RELEASE, Buffer.buffer(pid), LET_GO)
                .onFailure()
                .recoverWithNull()
                .chain(() -> commands.send(Effect.ONCE, take))
                .map(json -> Optional.ofNullable(json)
                        .map(text -> read(text.toString()))
                        .filter(kept -> kept.more().path("nsp").asText().equals(namespace)));
    }

    private String json(String namespace, SocketSession session, Consumer<ObjectNode> more) {
        ObjectNode json = mapper.createObjectNode().put("nsp", namespace);
        json.put("sid", session.sid()).put("pid", session.pid());
        ArrayNode rooms = json.putArray("rooms");
        session.rooms().forEach(rooms::add);
        json.set("data", session.data());
        more.accept(json);
        return json.toString();
    }

    private Kept read(String text) {
        try {
            JsonNode json = mapper.readTree(text);
            Set<String> rooms = new HashSet<>();
            json.path("rooms").forEach(room -> rooms.add(room.asText()));
            SocketSession session = new SocketSession(
                    json.path("sid").asText(), json.path("pid").asText(), rooms, json.path("data"));
            return new Kept(session, json);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }
}
