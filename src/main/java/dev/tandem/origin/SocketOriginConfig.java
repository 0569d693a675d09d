package dev.tandem.origin;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The same list by its older name; what stands in either counts on all doors. */
@ConfigMapping(prefix = "tandem.socketio")
public interface SocketOriginConfig {

    Optional<List<String>> corsOrigins();
}
