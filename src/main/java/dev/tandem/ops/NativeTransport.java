package dev.tandem.ops;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Epoll in a native executable, too: Quarkus leaves Java's selectors there even where {@code quarkus.vertx.prefer-native-transport} is set.
 * Where Netty's library cannot be loaded, as where nothing under {@code /tmp} may be executed, those stay. With {@link FrugalEpoll}, on a
 * JVM as well.
 *
 * <p>Found by Vert.x as a service, before it makes its event loops.
 */
@RegisterForReflection(methods = false, fields = false)
public final class NativeTransport implements VertxServiceProvider {
    @Override
    public void init(VertxBuilder builder) {
        if (builder.options().getPreferNativeTransport()
                && (builder.findTransport() instanceof JDKTransport
                        || builder.findTransport() instanceof EpollTransport)) {
            preferEpoll(builder);
        }
    }

    private static void preferEpoll(VertxBuilder builder) {
        EpollTransport epoll = new FrugalEpoll();
        if (epoll.isAvailable()) {
            builder.findTransport(epoll);
        }
    }
}
