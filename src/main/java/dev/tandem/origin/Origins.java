package dev.tandem.origin;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pages may use this server: its own, and those of the origins that the configuration names. What is no page of a browser sends
 * no origin, or {@code file://}, and needs no permission. Made when it is needed first: filters of calls are there before the settings.
 */
@ApplicationScoped
public class Origins {
    private static final String ALL = "*";
    private static final String EXPOSED = "Location,Retry-After,WWW-Authenticate";

    private final List<String> allowed;

    Origins(OriginConfig config, SocketOriginConfig older) {
        this.allowed = Stream.of(config.corsOrigins(), older.corsOrigins())
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether the page that sends this may use the server. */
    public boolean admits(HttpServerRequest request) {
        return allowed.contains(ALL) || trusts(request);
    }

    /** Whether it may besides be taken for the user whose cookie its browser sends: then {@code *} is not enough. */
    public boolean trusts(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || origin.equals("file://") || isNamed(origin) || isSame(origin, request.authority());
    }

    /** Says in the response's headers what the page may see of it; nothing where the page is of this origin, or may not see it. */
    public void mark(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || !isAllowed(origin)) {
            return;
        }
        MultiMap headers = request.response().headers();
        headers.set("Access-Control-Expose-Headers", EXPOSED);
        if (isNamed(origin)) {
            headers.set("Access-Control-Allow-Origin", origin).set("Access-Control-Allow-Credentials", "true");
            headers.add("Vary", "Origin");
        } else {
            headers.set("Access-Control-Allow-Origin", ALL);
        }
    }

    /** Whether this is a browser's question whether it may send. */
    public static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /**
     * Answers a browser that asks before it sends: 204, with permission for those methods where {@link #mark} gave one. The answer is
     * sent by the caller.
     */
    public void preflight(HttpServerRequest request, String methods) {
        MultiMap headers = request.response().headers();
        if (headers.contains("Access-Control-Allow-Origin")) {
            String wanted = request.getHeader("Access-Control-Request-Headers");
            headers.set("Access-Control-Allow-Methods", methods).set("Access-Control-Max-Age", "600");
            headers.set("Access-Control-Allow-Headers", wanted == null ? "Content-Type" : wanted);
        }
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
