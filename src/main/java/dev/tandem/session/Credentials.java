package dev.tandem.session;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * What a caller shows to prove who it is, none of which is believed yet; what is not there is null. Never from a query: that stands in
 * logs.
 *
 * @param cookie the {@code Cookie} header
 * @param authorization the {@code Authorization} header
 * @param apiKey the {@code X-Api-Key} header
 * @param token a token or API key that came another way
 * @param actsFor the user for whom an API key acts
 * @param remote where the caller is
 */
public record Credentials(
        String cookie, String authorization, String apiKey, String token, String actsFor, Remote remote) {

    /** Where a caller is. Of a request it is found when it is asked for, as what proxies say takes time to read, and few calls need it. */
    sealed interface Remote {
        String address();

        boolean isSecure();

        record OfRequest(HttpServerRequest request) implements Remote {
            @Override
            public String address() {
                SocketAddress address = request.remoteAddress();
                return address == null ? null : address.host();
            }

            @Override
            public boolean isSecure() {
                return "https".equals(request.scheme());
            }
        }

        record Known(String address) implements Remote {
            @Override
            public boolean isSecure() {
                return false;
            }
        }
    }

    /** Those of a request; {@code cookies} says whether the page that sends it may use its visitor's. */
    public static Credentials of(HttpServerRequest request, boolean cookies) {
        return new Credentials(
                cookies ? request.getHeader("Cookie") : null,
                request.getHeader("Authorization"),
                request.getHeader("X-Api-Key"),
                null,
                request.getHeader("X-Tandem-User"),
                new Remote.OfRequest(request));
    }

    /** The same caller with a token or API key alone. */
    public static Credentials ofToken(String token, String actsFor, String address) {
        return new Credentials(null, null, null, token, actsFor, new Remote.Known(address));
    }

    /** The same with a token that came another way. */
    public Credentials with(String otherToken) {
        return new Credentials(cookie, authorization, apiKey, otherToken, actsFor, remote);
    }

    /** Whether there is more than a cookie: what is there must then be good. */
    public boolean isExplicit() {
        return authorization != null || apiKey != null || token != null || actsFor != null;
    }

    /** The caller's address. */
    public String address() {
        return remote.address();
    }

    /** Whether the caller came over TLS, as far as {@code quarkus.http.proxy} lets it be known. */
    public boolean isSecure() {
        return remote.isSecure();
    }

    @Override
    public String toString() {
        return "credentials from " + address();
    }
}
