package dev.tandem.repeat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RandomText;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The answers of all nodes that are kept for repeats, and what is being answered. From any thread. */
@Singleton
public class Repeats {
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final int TOKEN_LENGTH = 16;

    private final Scripts scripts;
    private final RepeatConfig config;
    private final ObjectMapper mapper;
    private final Counter replayed;
    private final Script claim = Script.load("claim-answer", Effect.REPEATABLE);
    private final Script end = Script.load("end-claim", Effect.REPEATABLE);

    Repeats(Scripts scripts, RepeatConfig config, ObjectMapper mapper, MeterRegistry registry) {
        this.scripts = scripts;
        this.config = config;
        this.mapper = mapper;
        this.replayed = Counter.builder("tandem.idempotency.replayed")
                .description("Calls that were answered as the first time")
                .register(registry);
    }

    /**
     * Asks for the answer under {@code hash}; {@code print} tells one question from another. Fails with {@code idempotency_conflict} if
     * something else was asked under it, with {@code in_progress} while somebody answers it, and as {@link
     * dev.tandem.redis.Commands} does. One round trip.
     */
    public Uni<Claim> claim(String hash, String print) {
        String token = RandomText.letters(TOKEN_LENGTH);
        return scripts.run(
                        claim,
                        List.of(RepeatKeys.answer(hash)),
                        print,
                        token,
                        Long.toString(config.claim().toMillis()))
                .map(reply -> claimed(reply, new Claim.Mine(hash, token)));
    }

    /** Keeps the answer; without its body if that is too long. */
    public Uni<Void> keep(Claim.Mine mine, KeptAnswer answer) {
        boolean fits = answer.body().getBytes(StandardCharsets.UTF_8).length
                <= config.maxBody().asLongValue();
        KeptAnswer kept = fits ? answer : new KeptAnswer(answer.status(), answer.headers(), "", false);
        return end(mine, write(kept));
    }

    /** There is no answer: whoever asks again is the first. */
    public Uni<Void> release(Claim.Mine mine) {
        return end(mine, "");
    }

    private Uni<Void> end(Claim.Mine mine, String answer) {
        return scripts.run(
                        end,
                        List.of(RepeatKeys.answer(mine.hash())),
                        mine.token(),
                        answer,
                        Long.toString(config.ttl().toMillis()))
                .replaceWithVoid();
    }

    private Claim claimed(Response reply, Claim.Mine mine) {
        return switch (reply.get(0).toString()) {
            case "mine" -> mine;
            case "answered" -> {
                replayed.increment();
                yield new Claim.Answered(read(reply.get(1).toString()));
            }
            case "busy" ->
                throw new TandemException(ErrorCode.IN_PROGRESS, "The first call with this key is under way.")
                        .retryAfter(BUSY);
            default ->
                throw new TandemException(
                        ErrorCode.IDEMPOTENCY_CONFLICT, "This key was used for another call.", "Idempotency-Key");
        };
    }

    private String write(KeptAnswer answer) {
        try {
            return mapper.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private KeptAnswer read(String json) {
        try {
            return mapper.readValue(json, KeptAnswer.class);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
