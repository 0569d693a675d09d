package dev.tandem.api;

import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses wrong credentials whatever is asked for, and keys without the scope to read where something is read. */
@Singleton
class CallerFilter {
    private final Calling calling;

    CallerFilter(Calling calling) {
        this.calling = calling;
    }

    /** Null, where there is nothing to look at: then the call does not wait for a turn of its event loop. */
    @ServerRequestFilter
    Uni<Void> check(ContainerRequestContext request, RoutingContext call) {
        if (!calling.mustShow(call)) {
            return null;
        }
        boolean reads = HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
        return calling.somebody(call)
                .invoke(() -> {
                    if (reads) {
                        calling.require(call, Permission.READ);
                    }
                })
                .replaceWithVoid();
    }
}
