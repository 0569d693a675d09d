package dev.tandem.gateway.websocket;

import dev.tandem.id.UserRef;
import dev.tandem.origin.Origins;
import dev.tandem.session.Session;
import dev.tandem.session.Sessions;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Finds out who opens a plain WebSocket, by the session cookie, before the upgrade; refuses with 403 pages of
 * other origins, with 503 while it cannot. Completes on the
 * connection's own event loop, where the upgrade goes on: elsewhere the first messages could overtake the opening.
 */
@Singleton
class PlainUpgradeCheck implements HttpUpgradeCheck {
    static final TypedKey<UserRef> USER = new TypedKey<>("user");
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Sessions sessions;
    private final Origins origins;
    private final PlainConnections connections;
    private final Vertx vertx;

    PlainUpgradeCheck(Sessions sessions, Origins origins, PlainConnections connections, Vertx vertx) {
        this.sessions = sessions;
        this.origins = origins;
        this.connections = connections;
        this.vertx = vertx;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        if (connections.isDraining()) {
            return CheckResult.rejectUpgrade(UNAVAILABLE);
        }
        if (!origins.admits(upgrade.httpRequest())) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        Context context = vertx.getOrCreateContext();
        return sessions.resolve(upgrade.httpRequest().getHeader("Cookie"))
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .map(session -> permit(upgrade, session))
                .onFailure()
                .recoverWithItem(unavailable -> CheckResult.rejectUpgradeSync(UNAVAILABLE));
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return PlainWebSocket.ENDPOINT.equals(endpointId);
    }

    private static CheckResult permit(HttpUpgradeContext upgrade, Session session) {
        upgrade.userData().put(USER, session.user());
        return session.setCookie()
                .map(cookie -> CheckResult.permitUpgradeSync(Map.of("Set-Cookie", List.of(cookie))))
                .orElseGet(CheckResult::permitUpgradeSync);
    }
}
