package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Arguments;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Keys;
import dev.tandem.redis.ReplicatedScripts;
import dev.tandem.redis.Script;
import dev.tandem.room.Refusals;
import dev.tandem.room.RoomConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Says things in rooms. From any thread; every method fails with {@code redis_unavailable} where Redis cannot be asked. */
@Singleton
public class Messages {
    private static final int MOST_MENTIONS = 50;
    private static final String AFTER_NONE = "";

    /** The message would have got before one that it must not. */
    private static final class Overtaking extends RuntimeException {
        Overtaking() {
            super(null, null, false, false);
        }
    }

    private final ReplicatedScripts scripts;
    private final WrittenEvents written;
    private final MessageConfig config;
    private final ObjectMapper mapper;
    private final Counter posted;
    private final byte[] history;
    private final byte[] historyAge;
    private final PostKeys keys;
    private final Script post = Script.load("room-rules", "post-message", Effect.REPEATABLE);

    Messages(
            ReplicatedScripts scripts,
            WrittenEvents written,
            MessageConfig config,
            RoomConfig rooms,
            ObjectMapper mapper,
            MeterRegistry registry) {
        this.scripts = scripts;
        this.written = written;
        this.config = config;
        this.mapper = mapper;
        this.history = bytes(config.history());
        this.historyAge = bytes(rooms.historyAge().toMillis());
        this.keys = new PostKeys(!rooms.historyAge().isZero());
        this.posted = Counter.builder("tandem.messages.posted")
                .description("Messages that this node gave a number")
                .register(registry);
    }

    /**
     * Posts a message, now and once, if the room's rules let its author; {@code isOperator} says that they do not bind them. Completes when
     * Redis has it, and as many replicas as are asked for, with its number, or with the first message if the id was used before. Fails with
     * {@code room_not_found}, {@code banned}, {@code muted}, {@code slow_mode}, {@code not_a_member}, {@code invalid_field}, {@code
     * text_too_long}, {@code payload_too_large}, or {@code outcome_unknown}, after which a repeat with the same id is harmless.
     *
     * <p>Does not get before {@code before}, a message to the same room: Redis is told which one that is, and where it has not come yet,
     * as when its script was not known, this one is posted when that has ended.
     */
    public Future<PostedMessage> send(MessageDraft draft, boolean isOperator, Optional<MessageUnderWay> before) {
        try {
            check(draft);
        } catch (TandemException refused) {
            return Future.failedFuture(refused);
        }
        Future<PostedMessage> posted = send(
                draft, isOperator, before.map(message -> message.id().value()).orElse(AFTER_NONE));
        return before.isEmpty()
                ? posted
                : posted.recover(failure -> sendBehind(before.get(), draft, isOperator, failure));
    }

    private Future<PostedMessage> sendBehind(
            MessageUnderWay before, MessageDraft draft, boolean isOperator, Throwable failure) {
        return failure instanceof Overtaking
                ? before.end().transform(ended -> send(draft, isOperator, AFTER_NONE))
                : Future.failedFuture(failure);
    }

    private Future<PostedMessage> send(MessageDraft draft, boolean isOperator, String after) {
        MessageId id = draft.id().orElseGet(MessageId::random);
        Posting posting = new Posting(draft, id, MessageBody.of(draft, id, Timestamp.now(), mapper), isOperator, after);
        return ask(posting, keys.of(draft.room())).compose(reply -> answer(posting, reply));
    }

    /** What is asked for. */
    private record Posting(MessageDraft draft, MessageId id, MessageBody body, boolean isOperator, String after) {}

    private Future<PostedMessage> answer(Posting posting, Response reply) {
        return isForAllKeys(reply)
                ? ask(posting, keys.onAskedForAll(posting.draft().room())).map(again -> posted(posting, again))
                : Future.succeededFuture(posted(posting, reply));
    }

    private static boolean isForAllKeys(Response reply) {
        return reply != null && reply.type() == ResponseType.NUMBER && reply.toInteger() == 1;
    }

    /** Most messages are said with few keys, answer none and are behind none: they carry nothing that their script does not need. */
    private Future<Response> ask(Posting posting, Keys with) {
        MessageDraft draft = posting.draft();
        Arguments arguments = Arguments.of(posting.id().value(), posting.body().beforeSeq())
                .and(posting.body().afterSeq())
                .and(history);
        boolean all = PostKeys.areAll(with);
        if (all || draft.replyTo().isPresent() || !posting.after().equals(AFTER_NONE)) {
            arguments.and(draft.replyTo().map(seq -> Long.toString(seq)).orElse(""), posting.after());
        }
        if (all) {
            arguments
                    .and(draft.author().id().value(), posting.isOperator() ? "1" : "0")
                    .and(historyAge);
        }
        return scripts.ask(post, with, arguments);
    }

    /** Whether Redis does nothing else for this node until replicas have a message. */
    public boolean keepOthersWaiting() {
        return scripts.keepOthersWaiting();
    }

    /** The same as {@link #send} with each subscription. */
    public Uni<PostedMessage> post(MessageDraft draft, boolean isOperator) {
        return AsyncResultUni.toUni(
                posted -> send(draft, isOperator, Optional.empty()).onComplete(posted));
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static TandemException invalidReply() {
        return new TandemException(
                ErrorCode.INVALID_FIELD, "'replyTo' must be the number of a message of this room.", "replyTo");
    }

    private void check(MessageDraft draft) {
        checkText(draft.text());
        checkData(draft.data());
        if (draft.replyTo().isPresent() && draft.replyTo().get() < 1) {
            throw invalidReply();
        }
        if (draft.mentions().size() > MOST_MENTIONS) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'mentions' must name at most " + MOST_MENTIONS + " users.", "mentions");
        }
    }

    /** Fails with {@code invalid_field} or {@code text_too_long}. */
    void checkText(String text) {
        if (text == null || text.isEmpty()) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'text' must be a text that is not empty.", "text");
        }
        if (text.length() > config.maxText() && text.codePointCount(0, text.length()) > config.maxText()) {
            throw new TandemException(
                    ErrorCode.TEXT_TOO_LONG, "'text' must have at most " + config.maxText() + " characters.", "text");
        }
    }

    /** Fails with {@code payload_too_large}; null is nothing. */
    void checkData(JsonNode data) {
        long maxData = config.maxData().asLongValue();
        if (data != null && MessageBody.write(data, mapper).getBytes(StandardCharsets.UTF_8).length > maxData) {
            throw new TandemException(
                    ErrorCode.PAYLOAD_TOO_LARGE, "'data' must have at most " + maxData + " bytes of JSON.", "data");
        }
    }

    private PostedMessage posted(Posting posting, Response answer) {
        RoomId room = posting.draft().room();
        Response reply = require(room, answer);
        if (reply.type() == ResponseType.NUMBER) {
            throw new Overtaking();
        }
        MessageBody body = posting.body();
        long seq = reply.get(0).toLong();
        if (reply.size() == 2) {
            posted.increment();
            written.tell(room, () -> new RoomEvent.Posted(reply.get(1).toString(), seq, body.json(seq)));
            return new PostedMessage(room, seq, posting.id(), body.at(), false, () -> body.json(seq));
        }
        String first = reply.get(2).toString();
        String at = MessageBody.read(first, mapper).path("at").asText();
        return new PostedMessage(room, seq, posting.id(), at, true, () -> first);
    }

    private static Response require(RoomId room, Response answer) {
        try {
            return Refusals.require(room, answer);
        } catch (TandemException refused) {
            throw refused.code() == ErrorCode.MESSAGE_NOT_FOUND ? invalidReply() : refused;
        }
    }
}
