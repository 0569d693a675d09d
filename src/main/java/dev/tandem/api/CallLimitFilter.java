package dev.tandem.api;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what is done too often, once it is known who calls. */
@Singleton
class CallLimitFilter {
    /** Asked for at each call: filters are made while the settings are not there yet. */
    private final Provider<CallLimits> limits;

    CallLimitFilter(Provider<CallLimits> limits) {
        this.limits = limits;
    }

    /** Null, where nothing is limited: then the call does not wait for a turn of its event loop. */
    @ServerRequestFilter(priority = Priorities.USER + 100)
    Uni<Void> check(ContainerRequestContext request, RoutingContext call) {
        if (!HttpMethod.POST.equals(request.getMethod())) {
            return null;
        }
        return limits.get()
                .operation(call.normalizedPath())
                .map(operation -> limits.get().require(call, operation))
                .orElse(null);
    }
}
