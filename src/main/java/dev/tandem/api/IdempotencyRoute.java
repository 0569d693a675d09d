package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.Refusal;
import dev.tandem.error.TandemException;
import dev.tandem.origin.Origins;
import dev.tandem.repeat.Claim;
import dev.tandem.repeat.KeptAnswer;
import dev.tandem.repeat.Repeats;
import dev.tandem.session.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * {@code Idempotency-Key}: whoever repeats a call that changes something, with the key of the first, gets the answer to the first. Stands
 * before all resources; the first call is carried out within the one that came. On each connection's event loop.
 *
 * <p>Not kept is what the same call may not be answered the next time: that the caller is not known, comes too often, or that something
 * went wrong here.
 */
@Singleton
class IdempotencyRoute {
    private static final Logger LOG = Logger.getLogger(IdempotencyRoute.class);
    private static final int FIRST = -100;
    private static final int MOST_ANSWERED = 16 * 1024 * 1024;
    private static final String KEY = "Idempotency-Key";
    private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Set<HttpMethod> CHANGING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final Set<Integer> NOT_KEPT = Set.of(401, 408, 429);
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location", "ETag", "Retry-After");

    private final Calling calling;
    private final InnerCalls innerCalls;
    private final Repeats repeats;
    private final Origins origins;

    IdempotencyRoute(Calling calling, InnerCalls innerCalls, Repeats repeats, Origins origins) {
        this.calling = calling;
        this.innerCalls = innerCalls;
        this.repeats = repeats;
        this.origins = origins;
    }

    void mount(@Observes Router router) {
        router.route("/api/*").order(FIRST).handler(this::onRequest);
    }

    private void onRequest(RoutingContext call) {
        String key = call.request().getHeader(KEY);
        if (key == null || !CHANGING.contains(call.request().method())) {
            call.next();
            return;
        }
        Context context = call.vertx().getOrCreateContext();
        Uni<Buffer> body = CallBody.read(call.request(), BodyLimit.MOST_BYTES);
        body.chain(given -> answer(call, key, given))
                .emitOn(task -> context.runOnContext(turn -> task.run()))
                .subscribe()
                .with(done -> {}, failure -> refuse(call, failure));
    }

    private Uni<Void> answer(RoutingContext call, String key, Buffer body) {
        if (!KEY_FORM.matcher(key).matches()) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'" + KEY + "' must be 1 to 200 visible characters.", KEY);
        }
        Context context = call.vertx().getOrCreateContext();
        return calling.find(call)
                .chain(caller -> repeats.claim(Prints.of(caller(call, caller), key), print(call, body)))
                .emitOn(task -> context.runOnContext(turn -> task.run()))
                .chain(claim -> claim instanceof Claim.Mine mine
                        ? first(call, mine, body, context)
                        : replay(call, ((Claim.Answered) claim).answer()));
    }

    private Uni<Void> first(RoutingContext call, Claim.Mine mine, Buffer body, Context context) {
        HttpServerRequest request = call.request();
        MultiMap headers = innerCalls.inherited(request);
        for (String own : List.of("Content-Type", "If-Match", "If-None-Match")) {
            request.headers().getAll(own).forEach(value -> headers.add(own, value));
        }
        headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        return innerCalls
                .call(call, new InnerCalls.Inner(request.method(), request.uri(), headers, body), MOST_ANSWERED)
                .onFailure()
                .call(() -> settled(repeats.release(mine)))
                .call(answer -> settled(isKept(answer) ? repeats.keep(mine, kept(answer)) : repeats.release(mine)))
                .emitOn(task -> context.runOnContext(turn -> task.run()))
                .invoke(answer -> write(call, answer))
                .replaceWithVoid();
    }

    /** The call has been carried out: that its answer cannot be kept does not change that. The claim ends by itself. */
    private static Uni<Void> settled(Uni<Void> kept) {
        return kept.onFailure()
                .invoke(failure -> LOG.warnf("An answer was not kept for repeats: reason=\"%s\"", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static boolean isKept(InnerAnswer answer) {
        return answer.status() < 500 && !NOT_KEPT.contains(answer.status());
    }

    private static KeptAnswer kept(InnerAnswer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = answer.headers().get(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new KeptAnswer(answer.status(), headers, answer.body().toString(), !answer.isTooLarge());
    }

    private Uni<Void> replay(RoutingContext call, KeptAnswer answer) {
        HttpServerResponse response = call.response();
        if (!response.closed()) {
            origins.mark(call.request());
            response.setStatusCode(answer.status());
            answer.headers().forEach(response::putHeader);
            response.putHeader("Idempotency-Replayed", "true");
            if (!answer.isWhole()) {
                response.putHeader("Idempotency-Body", "omitted");
            }
            end(response, Buffer.buffer(answer.body()));
        }
        return Uni.createFrom().voidItem();
    }

    private static void write(RoutingContext call, InnerAnswer answer) {
        HttpServerResponse response = call.response();
        if (!response.closed()) {
            response.setStatusCode(answer.status());
            response.headers().addAll(answer.headers());
            response.headers().remove(HttpHeaders.CONTENT_LENGTH).remove(HttpHeaders.TRANSFER_ENCODING);
            end(response, answer.body());
        }
    }

    private static void end(HttpServerResponse response, Buffer body) {
        if (body.length() == 0) {
            response.end();
        } else {
            response.end(body);
        }
    }

    /** Unless the client went away before it had said everything. */
    private static void refuse(RoutingContext call, Throwable failure) {
        if (failure instanceof HttpClosedException) {
            return;
        }
        TandemException told = TandemException.of(failure);
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.error("A call failed for a reason that nobody foresaw", failure);
        }
        if (!call.response().closed()) {
            call.put(Refusal.KEY, told);
            call.next();
        }
    }

    /** Whose key it is: keys of different callers have nothing to do with each other. */
    private static String caller(RoutingContext call, Optional<Caller> caller) {
        if (caller.isEmpty()) {
            SocketAddress address = call.request().remoteAddress();
            return "address " + (address == null ? "" : address.host());
        }
        String user = "user " + caller.get().user().id();
        return caller.get() instanceof Caller.OfKey key ? "key " + key.key() + " " + user : user;
    }

    private static String print(RoutingContext call, Buffer body) {
        HttpServerRequest request = call.request();
        String condition = String.valueOf(request.getHeader(HttpHeaders.IF_MATCH));
        return Prints.of(request.method().name(), request.uri(), condition, body);
    }
}
