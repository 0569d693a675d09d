package dev.tandem.api;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what is done too often, once it is known who calls. */
@Singleton
class CallLimitFilter {
    private final CallLimits limits;

    CallLimitFilter(CallLimits limits) {
        this.limits = limits;
    }

    /** Null, where nothing is limited: then the call does not wait for a turn of its event loop. */
    @ServerRequestFilter(priority = Priorities.USER + 100)
    Uni<Void> check(ContainerRequestContext request, RoutingContext call) {
        if (!HttpMethod.POST.equals(request.getMethod())) {
            return null;
        }
        return limits.operation(call.normalizedPath())
                .map(operation -> limits.require(call, operation))
                .orElse(null);
    }
}
