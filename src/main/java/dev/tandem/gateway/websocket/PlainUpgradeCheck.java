package dev.tandem.gateway.websocket;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.origin.Origins;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who opens a plain WebSocket, before the upgrade, by the headers or by a sub-protocol {@code bearer.<token>}; refuses with 403
 * pages of other origins, with 401 wrong credentials in a header, with 503 while it cannot ask. A wrong token in a sub-protocol is told
 * by closing with 4401, since a page learns nothing else. Who shows nothing, where there are no guests, has to show it in the first
 * message. Completes on the connection's own event loop, where the upgrade goes on: elsewhere the first messages could overtake the
 * opening. A client that has gone meanwhile is refused as well: its connection would become a WebSocket that nobody is told the end of.
 */
@Singleton
class PlainUpgradeCheck implements HttpUpgradeCheck {
    /** Missing while it is not known who it is. */
    static final TypedKey<Caller> CALLER = new TypedKey<>("caller");

    /** The connection that becomes a WebSocket. */
    static final TypedKey<HttpConnection> CONNECTION = new TypedKey<>("connection");

    /** Why the connection is to be closed at once. */
    static final TypedKey<TandemException> REFUSAL = new TypedKey<>("refusal");

    /** What came with the request, for the address alone. */
    static final TypedKey<String> ADDRESS = new TypedKey<>("address");

    private static final String BEARER = "bearer.";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Callers callers;
    private final Origins origins;
    private final PlainConnections connections;
    private final Vertx vertx;

    PlainUpgradeCheck(Callers callers, Origins origins, PlainConnections connections, Vertx vertx) {
        this.callers = callers;
        this.origins = origins;
        this.connections = connections;
        this.vertx = vertx;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        if (connections.isDraining()) {
            return CheckResult.rejectUpgrade(UNAVAILABLE);
        }
        HttpServerRequest request = upgrade.httpRequest();
        if (!origins.admits(request)) {
            return CheckResult.rejectUpgrade(FORBIDDEN);
        }
        upgrade.userData().put(CONNECTION, request.connection());
        Context context = vertx.getOrCreateContext();
        Credentials headers = Credentials.of(request, origins.trusts(request));
        Optional<String> token = token(request.getHeader("Sec-WebSocket-Protocol"));
        return find(token.map(headers::with).orElse(headers))
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .map(caller -> permit(upgrade, headers.address(), caller))
                .onFailure()
                .recoverWithItem(failure -> refuse(upgrade, token.isPresent(), TandemException.of(failure)))
                .map(result -> isThere(request) ? result : CheckResult.rejectUpgradeSync(UNAVAILABLE));
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return PlainWebSocket.ENDPOINT.equals(endpointId);
    }

    /** Asked of the channel, which is the first to know. */
    private static boolean isThere(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().isActive();
    }

    private Uni<Optional<Caller>> find(Credentials shown) {
        return callers.guestsAreWelcome() ? callers.resolve(shown).map(Optional::of) : callers.find(shown);
    }

    /** A browser's page can set no header, but choose what it wants to speak. */
    private static Optional<String> token(String protocols) {
        return Arrays.stream(protocols == null ? new String[0] : protocols.split(","))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(BEARER))
                .map(protocol -> protocol.substring(BEARER.length()))
                .findFirst();
    }

    private static CheckResult permit(HttpUpgradeContext upgrade, String address, Optional<Caller> caller) {
        if (address != null) {
            upgrade.userData().put(ADDRESS, address);
        }
        caller.ifPresent(known -> upgrade.userData().put(CALLER, known.told()));
        return caller.flatMap(Caller::setCookie)
                .map(cookie -> CheckResult.permitUpgradeSync(Map.of("Set-Cookie", List.of(cookie))))
                .orElseGet(CheckResult::permitUpgradeSync);
    }

    private static CheckResult refuse(HttpUpgradeContext upgrade, boolean byProtocol, TandemException why) {
        ErrorCode code = why.code();
        boolean isCallers = code == ErrorCode.UNAUTHENTICATED
                || code == ErrorCode.FORBIDDEN
                || code == ErrorCode.RATE_LIMITED
                || code == ErrorCode.INVALID_FIELD;
        if (isCallers && byProtocol) {
            upgrade.userData().put(REFUSAL, why);
            return CheckResult.permitUpgradeSync();
        }
        return switch (code) {
            case UNAUTHENTICATED ->
                CheckResult.rejectUpgradeSync(
                        UNAUTHORIZED, Map.of("WWW-Authenticate", List.of("Bearer realm=\"tandem\"")));
            case FORBIDDEN, INVALID_FIELD -> CheckResult.rejectUpgradeSync(FORBIDDEN);
            case RATE_LIMITED ->
                CheckResult.rejectUpgradeSync(
                        TOO_MANY,
                        Map.of(
                                "Retry-After",
                                List.of(Long.toString(why.retryAfterSeconds().orElse(1)))));
            default -> CheckResult.rejectUpgradeSync(UNAVAILABLE);
        };
    }
}
