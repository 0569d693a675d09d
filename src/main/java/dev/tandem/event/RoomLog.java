package dev.tandem.event;

import dev.tandem.id.RandomText;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads a room's past: where it stands, and its messages by number. */
@Singleton
public class RoomLog {
    private final Commands commands;
    private final Scripts scripts;
    private final Script check = Script.load("check-past", Commands.Effect.REPEATABLE);

    RoomLog(Commands commands, Scripts scripts) {
        this.commands = commands;
        this.scripts = scripts;
    }

    /** Where the room stands; empty if there is no such room. */
    public Uni<Optional<RoomHead>> find(RoomId room) {
        return commands.read(Request.cmd(Command.HMGET)
                        .arg(RoomKeys.details(room))
                        .arg("epoch")
                        .arg("seq"))
                .map(RoomLog::head);
    }

    /**
     * Where the room stands, to one who knows that it stood at {@code known} with the message of the identity {@code last} (null if that is
     * not known). If Redis has lost that, the room gets a new epoch, so that nobody takes its numbers for the old ones. Empty if there
     * is no such room.
     */
    Uni<Optional<RoomHead>> check(RoomId room, RoomHead known, String last) {
        return scripts.run(
                        check,
                        List.of(RoomKeys.details(room), RoomKeys.messages(room)),
                        known.epoch(),
                        Long.toString(known.seq()),
                        last == null ? "" : last,
                        RandomText.letters(10))
                .map(reply -> Optional.ofNullable(reply).map(RoomLog::checked));
    }

    /** The messages from number {@code first} to {@code last}, both included, at most {@code limit}, ascending. */
    public Uni<List<RoomEvent.Posted>> range(RoomId room, String epoch, long first, long last, int limit) {
        return commands.read(byScore(room, Long.toString(first), Long.toString(last), limit))
                .map(reply -> posted(epoch, reply));
    }

    /** The last {@code limit} messages up to number {@code last}, ascending. */
    public Uni<List<RoomEvent.Posted>> before(RoomId room, String epoch, String last, int limit) {
        Request request = byScore(room, last, "-inf", limit, "REV");
        return commands.read(request).map(reply -> {
            List<RoomEvent.Posted> newestFirst = posted(epoch, reply);
            Collections.reverse(newestFirst);
            return newestFirst;
        });
    }

    private static Request byScore(RoomId room, String from, String to, int limit, String... flags) {
        Request request = Request.cmd(Command.ZRANGE)
                .arg(RoomKeys.messages(room))
                .arg(from)
                .arg(to)
                .arg("BYSCORE");
        for (String flag : flags) {
            request.arg(flag);
        }
        return request.arg("LIMIT").arg(0).arg(limit).arg("WITHSCORES");
    }

    private static RoomHead checked(Response reply) {
        return new RoomHead(reply.get(0).toString(), reply.get(1).toLong());
    }

    private static Optional<RoomHead> head(Response reply) {
        if (reply.get(0) == null) {
            return Optional.empty();
        }
        long seq = reply.get(1) == null ? 0 : reply.get(1).toLong();
        return Optional.of(new RoomHead(reply.get(0).toString(), seq));
    }

    private static List<RoomEvent.Posted> posted(String epoch, Response reply) {
        List<RoomEvent.Posted> messages = new ArrayList<>();
        for (Response entry : reply) {
            long seq = Math.round(entry.get(1).toDouble());
            messages.add(new RoomEvent.Posted(epoch, seq, entry.get(0).toString()));
        }
        return messages;
    }
}
