package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RandomText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Calls within a call: they take the way of every other call through routes, filters, identity and limits, and no connection. Called on
 * the event loop of the outer call's connection, where results come too.
 */
@Singleton
class InnerCalls {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** By its value a call of a batch is known, which nobody outside can know. */
    private static final String MARK = "X-Tandem-Inner";

    /** Headers of the outer call that are about its own body, connection or condition. */
    private static final Set<String> OWN = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "expect",
            "upgrade",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "accept-encoding",
            "x-tandem-inner");

    private final String mark = RandomText.letters(32);
    private Router router;

    void mount(@Observes Router given) {
        router = given;
    }

    /** What is asked within a call. */
    record Inner(HttpMethod method, String uri, MultiMap headers, Buffer body) {}

    /** The same, for a call of a batch. */
    MultiMap inheritedByBatch(HttpServerRequest outer) {
        return inherited(outer).set(MARK, mark);
    }

    /** Whether this is a call of a batch. */
    boolean isOfBatch(RoutingContext call) {
        return mark.equals(call.request().getHeader(MARK));
    }

    /** The headers of a call that count for those within it too: who calls, from where, in what language. */
    MultiMap inherited(HttpServerRequest outer) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        outer.headers().forEach(header -> {
            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(header.getKey(), header.getValue());
            }
        });
        return headers;
    }

    /**
     * Completes with the answer, whatever its status, of which at most {@code most} bytes are kept. Fails with {@code outcome_unknown} if
     * there is none after half a minute.
     */
    Uni<InnerAnswer> call(RoutingContext outer, Inner inner, int most) {
        ContextInternal context = context(outer);
        return Uni.createFrom()
                .<InnerAnswer>emitter(emitter -> context.runOnContext(turn -> {
                    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(inner.headers());
                    InnerResponse response = new InnerResponse(outer.response(), most, emitter::complete);
                    router.handle(new InnerRequest(
                            outer.request(), inner.method(), inner.uri(), headers, inner.body(), response, context));
                }))
                .ifNoItem()
                .after(LIMIT)
                .failWith(() -> new TandemException(
                        ErrorCode.OUTCOME_UNKNOWN, "There was no answer in time; it may or may not have been done."));
    }

    /** Of its own, so that what the server keeps with one call is not taken for the other's. */
    private static ContextInternal context(RoutingContext outer) {
        ContextInternal current = (ContextInternal) outer.vertx().getOrCreateContext();
        return current.unwrap().duplicate();
    }
}
