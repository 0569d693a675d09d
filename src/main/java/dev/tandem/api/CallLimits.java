package dev.tandem.api;

import dev.tandem.id.UserId;
import dev.tandem.limit.Operations;
import dev.tandem.limit.RateLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How often somebody may do something over HTTP: the same buckets as on sockets. From any thread. Made when it is needed first. */
@ApplicationScoped
class CallLimits {
    private static final Map<Pattern, String> POSTS = Map.of(
            Pattern.compile("/api/rooms/?"), Operations.CREATE,
            Pattern.compile("/api/rooms/[^/]+/messages/?"), Operations.POST,
            Pattern.compile("/api/rooms/[^/]+/events/?"), Operations.PUBLISH,
            Pattern.compile("/api/users/[^/]+/events/?"), Operations.PUBLISH);

    private final RateLimits limits;
    private final Calling calling;
    private final List<Map.Entry<Pattern, String>> limited;

    CallLimits(RateLimits limits, Calling calling) {
        this.limits = limits;
        this.calling = calling;
        this.limited = POSTS.entrySet().stream()
                .filter(entry -> limits.isLimited(entry.getValue()))
                .toList();
    }

    /** The limited operation that a POST to that path is, if it is one. */
    Optional<String> operation(String path) {
        for (Map.Entry<Pattern, String> entry : limited) {
            if (entry.getKey().matcher(path).matches()) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /** Counts for the user, or for the address of who shows nothing; fails with {@code rate_limited}. */
    Uni<Void> require(RoutingContext call, String operation) {
        if (!limits.isLimited(operation)) {
            return Uni.createFrom().voidItem();
        }
        return calling.find(call).chain(found -> {
            UserId user = found.map(caller -> caller.user().id()).orElse(null);
            return limits.require(operation, user, user == null ? address(call) : null);
        });
    }

    private static String address(RoutingContext call) {
        SocketAddress address = call.request().remoteAddress();
        return address == null ? null : address.host();
    }
}
