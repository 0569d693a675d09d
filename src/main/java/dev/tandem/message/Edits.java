package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent.Told;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.ReplicatedScripts;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Actor;
import dev.tandem.room.Refusals;
import dev.tandem.room.RoomConfig;
import dev.tandem.room.Rooms;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes what was said. The new form is made from the message as it is read; the script that puts it in its place then refuses if
 * that is another one by now, and it is made again. From any thread; every method fails with {@code redis_unavailable} where Redis
 * cannot be asked.
 */
@Singleton
public class Edits {
    private static final int ATTEMPTS = 4;
    private static final String CHANGED = "changed";
    /** More than this is not read at once; in letters, as a message is at most some 70,000 of them. */
    private static final int MOST_CHANGES = 1_000;

    private static final long MOST_LETTERS = 2_000_000;

    private final Messages messages;
    private final Histories histories;
    private final Rooms rooms;
    private final ReplicatedScripts replicated;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final ObjectMapper mapper;
    private final Duration window;
    private final String history;
    private final String unownedOpen;
    private final Script change = Script.load("room-rules", "change-message", Effect.REPEATABLE);
    private final Script read = Script.load("read-changes", Effect.READ);

    Edits(
            Messages messages,
            Histories histories,
            Rooms rooms,
            ReplicatedScripts replicated,
            Scripts scripts,
            WrittenEvents written,
            ObjectMapper mapper,
            MessageConfig config,
            RoomConfig roomConfig) {
        this.messages = messages;
        this.histories = histories;
        this.rooms = rooms;
        this.replicated = replicated;
        this.scripts = scripts;
        this.written = written;
        this.mapper = mapper;
        this.window = config.editWindow();
        this.history = Integer.toString(config.history());
        this.unownedOpen = roomConfig.unownedOpen() ? "1" : "0";
    }

    /**
     * Its author gives a message another text, or other data; null leaves that as it is. Members are told. Completes with the message
     * as it is then, when Redis has it. Fails with {@code room_not_found}, {@code message_not_found}, {@code too_old}, {@code
     * unauthenticated}, {@code forbidden}, {@code banned}, {@code muted}, {@code not_a_member}, and as {@link Messages#post} does for
     * text and data. A repeat is harmless.
     */
    public Uni<String> edit(Actor actor, RoomId room, long seq, String text, JsonNode data) {
        if (text != null || data == null) {
            messages.checkText(text);
        }
        messages.checkData(data);
        UserRef author = actor.user().orElseThrow(() -> TandemException.unauthenticated("Say who you are."));
        return change(actor, room, seq, Told.Kind.EDITED, old -> edited(old, author.id(), text, data), ATTEMPTS)
                .onFailure(Edits::saysThatItIsThere)
                .recoverWithUni(failure -> ifVisible(actor, room, failure));
    }

    /**
     * Its author, or who keeps order in the room, takes a message away; a tombstone stays in its place. Members are told. Completes
     * with the tombstone, when Redis has it. Fails with {@code room_not_found}, {@code message_not_found}, {@code unauthenticated},
     * {@code forbidden}, {@code banned} or {@code not_a_member}. A repeat is harmless.
     */
    public Uni<String> remove(Actor actor, RoomId room, long seq) {
        return change(actor, room, seq, Told.Kind.REMOVED, old -> tombstone(old, actor), ATTEMPTS)
                .onFailure(Edits::saysThatItIsThere)
                .recoverWithUni(failure -> ifVisible(actor, room, failure));
    }

    /** What was changed after change {@code since}, for those who may read the room; fails as {@link Rooms#requireReader} does. */
    public Uni<Changes> since(Actor actor, RoomId room, long since, Optional<String> epoch) {
        List<String> keys = List.of(RoomKeys.details(room), RoomKeys.messages(room), RoomKeys.changes(room));
        return Uni.combine()
                .all()
                .unis(
                        rooms.requireReader(actor, room),
                        scripts.run(read, keys, Long.toString(since), Integer.toString(MOST_CHANGES)))
                .with((may, reply) -> changes(Refusals.require(room, reply), since, epoch));
    }

    private Uni<String> change(
            Actor actor,
            RoomId room,
            long seq,
            Told.Kind kind,
            Function<ObjectNode, Optional<ObjectNode>> form,
            int attempts) {
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(new TandemException(ErrorCode.VERSION_CONFLICT, "The message is changed all the time."));
        }
        return histories.get(room, seq).chain(known -> {
            ObjectNode old = (ObjectNode) MessageBody.read(known, mapper);
            Optional<ObjectNode> next = form.apply(old);
            if (next.isEmpty()) {
                return Uni.createFrom().item(known);
            }
            return write(actor, room, seq, kind, known, next.get())
                    .chain(reply -> CHANGED.equals(reply.toString())
                            ? change(actor, room, seq, kind, form, attempts - 1)
                            : Uni.createFrom().item(reply.get(1).toString()).invoke(json -> tell(room, kind, json)));
        });
    }

    /** To those for whom there is no such room nothing else is said. */
    private Uni<String> ifVisible(Actor actor, RoomId room, Throwable failure) {
        return rooms.requireVisible(actor, room).chain(() -> Uni.createFrom().failure(failure));
    }

    private static boolean saysThatItIsThere(Throwable failure) {
        ErrorCode code = TandemException.of(failure).code();
        return code == ErrorCode.TOO_OLD || Refusals.isCertain(failure) && code != ErrorCode.ROOM_NOT_FOUND;
    }

    private Uni<Response> write(Actor actor, RoomId room, long seq, Told.Kind kind, String known, ObjectNode next) {
        String json = MessageBody.write(next, mapper);
        String user = actor.user().map(self -> self.id().value()).orElse("");
        List<String> keys = List.of(
                RoomKeys.details(room),
                RoomKeys.messages(room),
                RoomKeys.changes(room),
                RoomKeys.users(room),
                RoomKeys.roles(room),
                RoomKeys.bans(room),
                RoomKeys.mutes(room),
                RoomKeys.reactions(room),
                RoomKeys.reactors(room));
        return replicated
                .run(
                        change,
                        keys,
                        Long.toString(seq),
                        known,
                        json.substring(0, json.length() - 1) + ",\"change\":",
                        RoomKeys.channel(room),
                        kind.head(),
                        user,
                        actor.isOperator() ? "1" : "0",
                        user.equals(author(next)) ? "1" : "0",
                        unownedOpen,
                        history)
                .map(reply -> Refusals.require(room, reply));
    }

    private void tell(RoomId room, Told.Kind kind, String json) {
        written.tell(room, new Told(kind, json));
    }

    /** Empty if that changes nothing. */
    private Optional<ObjectNode> edited(ObjectNode old, UserId user, String text, JsonNode data) {
        if (old.has("deleted")) {
            throw Histories.notFound();
        } else if (!user.value().equals(author(old))) {
            throw new TandemException(ErrorCode.FORBIDDEN, "Only its author changes what a message says.");
        }
        ObjectNode next = old.deepCopy();
        if (text != null) {
            next.put("text", text);
        }
        if (data != null) {
            next.set("data", data);
        }
        if (next.equals(old)) {
            return Optional.empty();
        }
        requireYoung(old);
        next.remove(List.of("editedAt", "change"));
        return Optional.of(next.put("editedAt", Timestamp.now()));
    }

    private void requireYoung(ObjectNode message) {
        Instant at = Instant.parse(message.path("at").asText());
        if (!window.isZero() && at.plus(window).isBefore(Instant.now())) {
            throw new TandemException(
                    ErrorCode.TOO_OLD, "A message can be changed for " + window.toSeconds() + " seconds.", "seq");
        }
    }

    /** Empty if it is one already. */
    private static Optional<ObjectNode> tombstone(ObjectNode old, Actor actor) {
        if (old.has("deleted")) {
            return Optional.empty();
        }
        ObjectNode next = old.deepCopy().retain("room", "seq", "id", "author", "at");
        next.put("deleted", true).put("deletedAt", Timestamp.now());
        actor.user()
                .filter(user -> !user.id().value().equals(author(old)))
                .ifPresent(user ->
                        next.putObject("by").put("id", user.id().value()).put("name", user.name()));
        return Optional.of(next);
    }

    private static Changes changes(Response reply, long since, Optional<String> epoch) {
        long last = reply.get(1).toLong();
        List<String> changed = new ArrayList<>();
        long letters = 0;
        for (int i = 3; i < reply.size(); i++) {
            String message = reply.get(i).toString();
            letters += message.length();
            changed.add(message);
        }
        boolean isSamePast =
                since <= last && epoch.map(reply.get(0).toString()::equals).orElse(true);
        boolean isAll = reply.get(2).toLong() <= MOST_CHANGES && letters <= MOST_LETTERS;
        return new Changes(last, isSamePast && isAll, isSamePast && isAll ? List.copyOf(changed) : List.of());
    }

    private static String author(ObjectNode message) {
        return message.path("author").path("id").asText();
    }
}
