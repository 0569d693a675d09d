package dev.tandem.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which tokens are believed; none, unless there is a secret or there are keys. */
@ConfigMapping(prefix = "tandem.jwt")
public interface JwtConfig {
    /** Signs tokens by HMAC; at least 32 bytes. */
    Optional<String> secret();

    /** Public keys that sign tokens: the URL of a JWK set, or a file with one, or with one key as PEM. */
    Optional<String> jwks();

    /** How old keys from a URL may become. One that nobody knows is looked for sooner. */
    @WithDefault("10m")
    Duration jwksRefresh();

    /** Who must have issued a token; anybody if missing. */
    Optional<String> issuer();

    /** For whom a token must be, one of these; tokens for others are refused in any case. */
    Optional<List<String>> audience();

    /** How far the clocks of issuer and node may be apart. */
    @WithDefault("30s")
    Duration clockSkew();

    /** Ways of signing that count; HS256 with a secret, RS256 and ES256 with keys, if missing. */
    Optional<List<String>> algorithms();

    /** Whether any token is believed. */
    default boolean isOn() {
        return secret().isPresent() || jwks().isPresent();
    }
}
