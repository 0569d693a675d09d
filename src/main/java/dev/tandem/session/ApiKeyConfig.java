package dev.tandem.session;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Keys that are there from the start. */
@ConfigMapping(prefix = "tandem.api")
public interface ApiKeyConfig {
    /** Each {@code id:sha256:scope+scope}: the SHA-256 of the key's secret as hexadecimal digits, and what it may do. */
    Optional<List<String>> keys();
}
