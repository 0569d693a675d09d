package dev.tandem.origin;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Whose pages may use this server. */
@ConfigMapping(prefix = "tandem.http")
public interface OriginConfig {

    /**
     * Origins, as {@code https://example.org}, whose pages may use this server, through all of its doors, although they come from
     * another one; {@code *} for all of them, which then get no credentials. Without any, only pages of the same origin may.
     */
    Optional<List<String>> corsOrigins();
}
