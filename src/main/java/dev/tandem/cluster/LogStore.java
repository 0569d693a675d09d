package dev.tandem.cluster;

import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.id.RandomText;
import dev.tandem.redis.Arguments;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.RedisLoop;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs of all namespaces in Redis. Every method is one round trip, but for the first time, and fails as {@link Commands} does. */
@Singleton
class LogStore {
    private static final int EPOCH_LENGTH = 10;
    private static final int PAGE = 200;
    private static final int PAGE_BYTES = 1_000_000;
    private static final int MOST_HOLES = 1_000;
    /** A state is small; without it, nobody who was connected all the time could come back. */
    private static final Duration STATE_LIFE = Duration.ofDays(2);
    /** A client is taken for connected for a while after it has got the last. */
    private static final Duration UNSEEN = Duration.ofMinutes(1);

    private final Commands commands;
    private final Scripts scripts;
    private final RedisLoop loop;
    private final Vertx vertx;
    private final LogConfig config;
    private final Script broadcast = Script.load("log-broadcast", Effect.ONCE);
    private final Script head = Script.load("log-broadcast", Effect.REPEATABLE);
    private final Script read = Script.load("read-log", Effect.READ);
    private final Script holes = Script.load("log-holes", Effect.REPEATABLE);

    /** Entries in a row, and where the log ends. */
    record Page(LogPlace end, List<LogEntry> entries) {}

    LogStore(Commands commands, Scripts scripts, RedisLoop loop, Vertx vertx, LogConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.loop = loop;
        this.vertx = vertx;
        this.config = config;
    }

    RedisLoop loop() {
        return loop;
    }

    Vertx vertx() {
        return vertx;
    }

    LogConfig config() {
        return config;
    }

    /** Appends the broadcast, with its place as one more argument, and publishes it. {@code known} is where the log was at least. */
    Uni<Void> append(LogKeys keys, LogPlace known, String channel, Broadcast message) {
        ClusterCodec.Open open = ClusterCodec.encodeOpen(message);
        return write(broadcast, keys, known, channel, open.before(), open.after())
                .replaceWithVoid();
    }

    /** Where the log ends, for one who knows that it was at {@code known}; it is there from then on, under a new epoch if it was lost. */
    Uni<LogPlace> head(LogKeys keys, LogPlace known) {
        return write(head, keys, known, "", new byte[0], new byte[0])
                .map(reply -> new LogPlace(reply.get(0).toString(), reply.get(1).toLong()));
    }

    /** What follows {@code after}; empty if there is no log. */
    Uni<Optional<Page>> read(LogKeys keys, LogPlace after) {
        return scripts.run(
                        read,
                        List.of(keys.state(), keys.entries()),
                        Long.toString(after.number()),
                        Integer.toString(PAGE),
                        Integer.toString(PAGE_BYTES))
                .map(reply -> Optional.ofNullable(reply).map(LogStore::page));
    }

    /** Notes broadcasts that are not in the log, by whom they were for. */
    Uni<Void> addHoles(LogKeys keys, Collection<String> targets) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(MOST_HOLES));
        arguments.add(Long.toString(keptMillis()));
        arguments.add(LogTarget.EVERYBODY);
        arguments.addAll(targets);
        return scripts.run(holes, List.of(keys.state(), keys.holes()), arguments.toArray(String[]::new))
                .replaceWithVoid();
    }

    /** For whom something was broadcast that is not in the log, with its number at the last time. */
    Uni<Map<String, Long>> holes(LogKeys keys) {
        return commands.read(Request.cmd(Command.HGETALL).arg(keys.holes())).map(LogStore::numbers);
    }

    private Uni<Response> write(
            Script script, LogKeys keys, LogPlace known, String channel, byte[] before, byte[] after) {
        return scripts.run(
                script,
                keys.all(),
                Arguments.of(
                                RandomText.letters(EPOCH_LENGTH),
                                known.epoch(),
                                Long.toString(known.number()),
                                Long.toString(Math.max(STATE_LIFE.toMillis(), keptMillis())),
                                Long.toString(keptMillis()),
                                Integer.toString(config.recoveryLog()),
                                channel)
                        .and(before)
                        .and(after));
    }

    private long keptMillis() {
        return config.recoveryWindow().plus(UNSEEN).toMillis();
    }

    private static Page page(Response reply) {
        LogPlace end = new LogPlace(reply.get(0).toString(), reply.get(1).toLong());
        List<LogEntry> entries = new ArrayList<>();
        for (int at = 2; at < reply.size(); at++) {
            entries.add(LogWire.entry(reply.get(at).toBytes()));
        }
        return new Page(end, entries);
    }

    private static Map<String, Long> numbers(Response reply) {
        Map<String, Long> numbers = new HashMap<>();
        for (String target : reply.getKeys()) {
            numbers.put(target, reply.get(target).toLong());
        }
        return numbers;
    }
}
