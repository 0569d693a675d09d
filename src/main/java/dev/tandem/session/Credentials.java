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
 * @param address where the caller is
 * @param secure whether the caller came over TLS, as far as {@code quarkus.http.proxy} lets it be known
 */
public record Credentials(
        String cookie,
        String authorization,
        String apiKey,
        String token,
        String actsFor,
        String address,
        boolean secure) {

    /** Those of a request; {@code cookies} says whether the page that sends it may use its visitor's. */
    public static Credentials of(HttpServerRequest request, boolean cookies) {
        SocketAddress address = request.remoteAddress();
        return new Credentials(
                cookies ? request.getHeader("Cookie") : null,
                request.getHeader("Authorization"),
                request.getHeader("X-Api-Key"),
                null,
                request.getHeader("X-Tandem-User"),
                address == null ? null : address.host(),
                "https".equals(request.scheme()));
    }

    /** The same caller with a token or API key alone. */
    public static Credentials ofToken(String token, String actsFor, String address) {
        return new Credentials(null, null, null, token, actsFor, address, false);
    }

    /** The same with a token that came another way. */
    public Credentials with(String otherToken) {
        return new Credentials(cookie, authorization, apiKey, otherToken, actsFor, address, secure);
    }

    /** Whether there is more than a cookie: what is there must then be good. */
    public boolean isExplicit() {
        return authorization != null || apiKey != null || token != null || actsFor != null;
    }

    @Override
    public String toString() {
        return "credentials from " + address;
    }
}
