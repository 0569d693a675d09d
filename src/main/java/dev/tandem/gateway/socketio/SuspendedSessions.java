package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.socketio.SocketIoConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Sockets that lost their connection, for as long as they may come back: {@code recovery:<pid>} in Redis, a text of JSON. Every method
 * is one round trip, and fails as {@link Commands} does.
 */
@Singleton
class SuspendedSessions {
    private static final String KEY = "recovery:";

    private final Commands commands;
    private final ObjectMapper mapper;
    private final long windowMillis;

    SuspendedSessions(Commands commands, ObjectMapper mapper, SocketIoConfig config) {
        this.commands = commands;
        this.mapper = mapper;
        this.windowMillis = config.recoveryWindow().toMillis();
    }

    Uni<Void> save(SuspendedSession session) {
        Request set = Request.cmd(Command.SET)
                .arg(KEY + session.socket().pid())
                .arg(session.toJson(mapper))
                .arg("PX")
                .arg(windowMillis);
        return commands.send(Effect.REPEATABLE, set).replaceWithVoid();
    }

    /** The session, which nobody else gets any more; empty if it is not there, or was taken. */
    Uni<Optional<SuspendedSession>> take(String pid) {
        return commands.send(Effect.ONCE, Request.cmd(Command.GETDEL).arg(KEY + pid))
                .map(json -> Optional.ofNullable(json).map(text -> SuspendedSession.of(text.toString(), mapper)));
    }
}
