package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.origin.Origins;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What pages of other origins may do here: read what a listed one may read, and change something only from a listed one. With {@code
 * *} a page may not change anything in the name of whoever's browser shows it.
 */
@Singleton
class OriginFilter {
    private static final String METHODS = "GET,HEAD,POST,PUT,PATCH,DELETE";
    private static final Set<String> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Origins origins;

    OriginFilter(Origins origins) {
        this.origins = origins;
    }

    /** Answers a preflight; fails with {@code forbidden} where the page may not change anything. */
    @ServerRequestFilter(preMatching = true)
    Optional<Response> check(ContainerRequestContext call, HttpServerRequest request) {
        origins.mark(request);
        if (Origins.isPreflight(request)) {
            origins.preflight(request, METHODS);
            return Optional.of(Response.noContent().build());
        }
        boolean withCookie = request.getHeader(HttpHeaders.COOKIE) != null;
        boolean mayChange = withCookie ? origins.trusts(request) : origins.admits(request);
        if (!mayChange && !HARMLESS.contains(call.getMethod())) {
            throw new TandemException(ErrorCode.FORBIDDEN, "Pages of that origin may not change anything here.");
        }
        return Optional.empty();
    }
}
