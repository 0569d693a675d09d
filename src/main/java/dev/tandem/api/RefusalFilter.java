package dev.tandem.api;

import dev.tandem.error.Refusal;
import dev.tandem.error.TandemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers what a route before the resources has refused. */
@Singleton
class RefusalFilter {

    @ServerRequestFilter(preMatching = true, priority = Priorities.USER + 100)
    void check(RoutingContext call) {
        TandemException refusal = call.get(Refusal.KEY);
        if (refusal != null) {
            throw refusal;
        }
    }
}
