package dev.tandem.socketio;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The one place where code of others is called: whatever it does ends neither the session nor the node, and is seen. */
@Singleton
class HandlerRunner {
    private static final Logger LOG = Logger.getLogger(HandlerRunner.class);

    private final MeterRegistry registry;

    HandlerRunner(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Calls the handler now; {@code kind} names it in metrics, {@code namespace} in the log. */
    void run(String kind, String namespace, Supplier<Uni<?>> handler) {
        try {
            Uni<?> result = handler.get();
            if (result != null) {
                result.subscribe()
                        .with(
                                done -> LOG.tracef("Handled: kind=%s", kind),
                                failure -> onFailure(kind, namespace, failure));
            }
        } catch (RuntimeException | Error failure) {
            onFailure(kind, namespace, failure);
        }
    }

    /** Its end: a handler that throws has failed, one that returns null has ended. */
    static Uni<Void> guarded(Supplier<Uni<?>> handler) {
        return Uni.createFrom().deferred(() -> {
            Uni<?> result = handler.get();
            return result == null ? Uni.createFrom().voidItem() : result.replaceWithVoid();
        });
    }

    /** Something went wrong that the handler's author did not mean. */
    void onFailure(String kind, String namespace, Throwable failure) {
        registry.counter("tandem.socketio.handler.failures", "kind", kind).increment();
        LOG.errorf(failure, "A handler failed: kind=%s namespace=%s", kind, namespace);
    }

    /** A middleware refused something: that is what it is for. */
    void onRefusal(String kind, String namespace, Throwable refusal) {
        registry.counter("tandem.socketio.refusals", "kind", kind).increment();
        LOG.debugf("Refused: kind=%s namespace=%s reason=\"%s\"", kind, namespace, refusal.getMessage());
    }

    /** A client has to wait, as too many of its events do before their middleware. */
    void onPause() {
        registry.counter("tandem.socketio.pauses").increment();
    }
}
