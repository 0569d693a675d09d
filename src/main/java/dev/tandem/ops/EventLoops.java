package dev.tandem.ops;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * As many event loops as there are processors: nothing here blocks one, so that more would only take turns on them, and messages that come
 * together would be written apart. A setting of {@code quarkus.vertx.event-loops-pool-size} has precedence.
 */
@Singleton
@Unremovable
class EventLoops implements VertxOptionsCustomizer {
    private final OptionalInt configured;

    EventLoops(@ConfigProperty(name = "quarkus.vertx.event-loops-pool-size") OptionalInt configured) {
        this.configured = configured;
    }

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(configured.orElse(Runtime.getRuntime().availableProcessors()));
    }
}
