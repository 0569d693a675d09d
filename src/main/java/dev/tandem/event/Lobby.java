package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where nodes let each other know which public rooms are worth a look. That a room is listed, changed or gone is published by the script
 * that does it; of who comes and goes each node gathers what it has written itself, so that a thousand who come at once are one note, and
 * nobody's join waits for it. From any thread.
 */
@Singleton
public class Lobby {
    private final Commands commands;
    private final PubSub pubSub;
    private final Vertx vertx;
    private final RedisLoop loop;
    private final LobbyConfig config;
    private final EventMeters meters;
    private final Batches<Boolean> counts;

    Lobby(Commands commands, PubSub pubSub, Vertx vertx, RedisLoop loop, LobbyConfig config, EventMeters meters) {
        if (config.batch() < 1) {
            throw new IllegalStateException("tandem.lobby.batch must be at least 1");
        }
        this.commands = commands;
        this.pubSub = pubSub;
        this.vertx = vertx;
        this.loop = loop;
        this.config = config;
        this.meters = meters;
        this.counts = new Batches<>(
                vertx, loop, config.batch(), config.countsEvery(), (one, other) -> one, rooms -> tell(rooms.keySet()));
    }

    /** Begins to listen; on the pair's event loop, as what {@code listener} hears. */
    public LobbyHearing listen(LobbyListener listener) {
        return new LobbyHearing(pubSub, vertx, loop, config, meters, listener);
    }

    /** This node has changed who is in the room, or may have; those who watch are told in a moment. Past a bound that is dropped. */
    public void onCounted(RoomId room) {
        loop.execute(() -> {
            if (!counts.add(room, true)) {
                meters.lobbyCountDropped();
            }
        });
    }

    /** At stop: completes when those who watch have been told of everything that was to be told. Fails as {@link Commands} does. */
    public Uni<Void> flush() {
        return Uni.createFrom()
                .<List<Map<RoomId, Boolean>>>emitter(emitter -> loop.execute(() -> emitter.complete(counts.close())))
                .onItem()
                .transformToMulti(batches -> Multi.createFrom().iterable(batches))
                .onItem()
                .transformToUniAndConcatenate(rooms -> tell(rooms.keySet()).replaceWith(rooms))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> tell(Set<RoomId> rooms) {
        Request publish = Request.cmd(Command.PUBLISH).arg(LobbyKeys.CHANNEL).arg(LobbyNote.Kind.COUNTED.of(rooms));
        return commands.send(Effect.REPEATABLE, publish).replaceWithVoid();
    }
}
