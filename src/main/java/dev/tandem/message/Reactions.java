package dev.tandem.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomEvent.Told;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.ReplicatedScripts;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Actor;
import dev.tandem.room.Refusals;
import dev.tandem.room.Rooms;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reactions to messages: one of each emoji from each user. From any thread; every method fails with {@code room_not_found}, and
 * {@code redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class Reactions {
    private static final int MOST_BYTES = 32;
    private static final String MOST_EMOJIS = "20";
    private static final int JOINER = 0x200d;
    private static final int FIRST_TAG = 0xe0020;
    private static final int LAST_TAG = 0xe007f;

    private final Histories histories;
    private final Rooms rooms;
    private final ReplicatedScripts replicated;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final ObjectMapper mapper;
    private final String mostReactions;
    private final Script react = Script.load("room-rules", "react", Effect.REPEATABLE);
    private final Script read = Script.load("read-reactions", Effect.READ);

    Reactions(
            Histories histories,
            Rooms rooms,
            ReplicatedScripts replicated,
            Scripts scripts,
            WrittenEvents written,
            ObjectMapper mapper,
            MessageConfig config) {
        this.histories = histories;
        this.rooms = rooms;
        this.replicated = replicated;
        this.scripts = scripts;
        this.written = written;
        this.mapper = mapper;
        this.mostReactions = Integer.toString(config.maxReactions());
    }

    /**
     * The actor reacts to a message, or not any more if {@code on} is false; members are told if that is new. Completes with how many
     * react so, when Redis has it. Fails with {@code message_not_found}, {@code invalid_field}, {@code unauthenticated}, {@code banned},
     * {@code muted}, {@code not_a_member} and {@code limit_reached}. A repeat is harmless.
     */
    public Uni<Reaction> react(Actor actor, RoomId room, long seq, String emoji, boolean on) {
        requireEmoji(emoji);
        UserRef user = actor.user().orElseThrow(() -> TandemException.unauthenticated("Say who you are."));
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("room", room.value()).put("seq", seq).put("emoji", emoji);
        event.putObject("user").put("id", user.id().value()).put("name", user.name());
        String json = MessageBody.write(event, mapper);
        String head = Told.Kind.REACTED.head();
        return replicated
                .run(
                        react,
                        keys(room),
                        Long.toString(seq),
                        user.id().value(),
                        emoji,
                        on ? "1" : "0",
                        RoomKeys.channel(room),
                        head + json.substring(0, json.length() - 1) + ",\"count\":",
                        ",\"on\":" + on + "}",
                        actor.isOperator() ? "1" : "0",
                        MOST_EMOJIS,
                        mostReactions)
                .map(reply -> Refusals.require(room, reply))
                .invoke(reply -> tellIfNew(room, reply))
                .map(reply -> new Reaction(emoji, reply.get(0).toLong(), on));
    }

    /** Reactions to one message, in the order of their first use; fails as {@link Rooms#requireReader} does, and with {@code message_not_found}. */
    public Uni<List<Reaction>> to(Actor actor, RoomId room, long seq) {
        return rooms.requireReader(actor, room)
                .chain(() -> Uni.combine()
                        .all()
                        .unis(histories.get(room, seq), within(actor, room, seq, seq))
                        .with((message, found) -> found.getOrDefault(seq, List.of())));
    }

    /** The messages of the history, each with its {@code reactions}, in one round trip for all of them. */
    public Uni<List<String>> with(Actor actor, RoomId room, History history) {
        List<RoomEvent.Posted> posted = history.messages();
        if (posted.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        long last = posted.get(posted.size() - 1).seq();
        return within(actor, room, posted.get(0).seq(), last)
                .map(found -> posted.stream()
                        .map(message -> with(message.json(), found.getOrDefault(message.seq(), List.of())))
                        .toList());
    }

    private Uni<Map<Long, List<Reaction>>> within(Actor actor, RoomId room, long first, long last) {
        return scripts.run(
                        read,
                        List.of(RoomKeys.reactions(room), RoomKeys.reactors(room)),
                        Long.toString(first),
                        Long.toString(last),
                        actor.user().map(user -> user.id().value()).orElse(""))
                .map(Reactions::found);
    }

    private String with(String message, List<Reaction> reactions) {
        return message.substring(0, message.length() - 1) + ",\"reactions\":"
                + MessageBody.write(mapper.valueToTree(reactions), mapper) + "}";
    }

    private void tellIfNew(RoomId room, Response reply) {
        if (reply.size() > 1) {
            written.tellPublished(room, reply.get(1).toBuffer());
        }
    }

    private static List<String> keys(RoomId room) {
        return List.of(
                RoomKeys.details(room),
                RoomKeys.messages(room),
                RoomKeys.reactions(room),
                RoomKeys.reactors(room),
                RoomKeys.users(room),
                RoomKeys.roles(room),
                RoomKeys.bans(room),
                RoomKeys.mutes(room));
    }

    private static Map<Long, List<Reaction>> found(Response reply) {
        Map<Long, List<Reaction>> found = new HashMap<>();
        for (Response row : reply) {
            List<Reaction> reactions = new ArrayList<>();
            for (int i = 1; i < row.size(); i += 3) {
                boolean mine = row.get(i + 2).toLong() == 1;
                reactions.add(new Reaction(row.get(i).toString(), row.get(i + 1).toLong(), mine));
            }
            found.put(row.get(0).toLong(), reactions);
        }
        return found;
    }

    private static void requireEmoji(String emoji) {
        boolean isGood = emoji != null
                && !emoji.isEmpty()
                && emoji.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && emoji.codePoints().noneMatch(Reactions::isNoSign)
                && emoji.codePoints().anyMatch(letter -> Character.getType(letter) != Character.FORMAT);
        if (!isGood) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD,
                    "'emoji' must be 1 to " + MOST_BYTES + " bytes that can be seen.",
                    "emoji");
        }
    }

    /** Emoji are joined, and flags spelled, by characters that cannot be seen; others of these are not among signs. */
    private static boolean isNoSign(int letter) {
        int type = Character.getType(letter);
        boolean isPart = letter == JOINER || letter >= FIRST_TAG && letter <= LAST_TAG;
        return Character.isISOControl(letter)
                || Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || type == Character.SURROGATE
                || type == Character.FORMAT && !isPart;
    }
}
