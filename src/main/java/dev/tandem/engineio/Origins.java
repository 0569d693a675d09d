package dev.tandem.engineio;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Which pages may use this server: its own, and those of the origins that the configuration names. What is no page of a browser sends
 * no origin, or {@code file://}, and needs no permission.
 */
@Singleton
class Origins {
    private static final String ALL = "*";

    private final List<String> allowed;

    Origins(EngineIoConfig config) {
        this.allowed = config.corsOrigins().orElse(List.of()).stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether the page that sends this may open a session. */
    boolean admits(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || origin.equals("file://") || isAllowed(origin) || isSame(origin, request.authority());
    }

    /** Says in the response's headers what the page may see of it; nothing where the page is of this origin, or may not see it. */
    void mark(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || !isAllowed(origin)) {
            return;
        }
        MultiMap headers = request.response().headers();
        if (isNamed(origin)) {
            headers.set("Access-Control-Allow-Origin", origin).set("Access-Control-Allow-Credentials", "true");
            headers.add("Vary", "Origin");
        } else {
            headers.set("Access-Control-Allow-Origin", ALL);
        }
    }

    /** Answers a browser that asks before it sends: 204, with permission where {@link #mark} gave one. */
    void preflight(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        if (headers.contains("Access-Control-Allow-Origin")) {
            String wanted = request.getHeader("Access-Control-Request-Headers");
            headers.set("Access-Control-Allow-Methods", "GET,POST").set("Access-Control-Max-Age", "600");
            headers.set("Access-Control-Allow-Headers", wanted == null ? "Content-Type" : wanted);
        }
        request.response().setStatusCode(204).end();
    }

    private boolean isAllowed(String origin) {
        return allowed.contains(ALL) || isNamed(origin);
    }

    private boolean isNamed(String origin) {
        return allowed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** The scheme is not compared: in front of this server there may be one that ends TLS. */
    private static boolean isSame(String origin, HostAndPort here) {
        try {
            URI page = URI.create(origin);
            return here != null
                    && page.getHost() != null
                    && page.getHost().equalsIgnoreCase(here.host())
                    && port(page.getPort(), page.getScheme()) == port(here.port(), page.getScheme());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static int port(int given, String scheme) {
        if (given > 0) {
            return given;
        }
        return "https".equalsIgnoreCase(scheme) ? 443 : 80;
    }
}
