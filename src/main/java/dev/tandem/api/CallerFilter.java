package dev.tandem.api;

import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses wrong credentials whatever is asked for, and keys without the scope to read where something is read. */
@Singleton
class CallerFilter {
    /** Asked for at each call: filters are made while the settings are not there yet. */
    private final Provider<Calling> calling;

    CallerFilter(Provider<Calling> calling) {
        this.calling = calling;
    }

    /** Null, where there is nothing to look at: then the call does not wait for a turn of its event loop. */
    @ServerRequestFilter
    Uni<Void> check(ContainerRequestContext request, RoutingContext call) {
        Calling asked = calling.get();
        if (!asked.mustShow(call)) {
            return null;
        }
        boolean reads = HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
        return asked.somebody(call)
                .invoke(() -> {
                    if (reads) {
                        asked.require(call, Permission.READ);
                    }
                })
                .replaceWithVoid();
    }
}
