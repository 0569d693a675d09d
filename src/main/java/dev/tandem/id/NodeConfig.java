package dev.tandem.id;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who this node is. */
@ConfigMapping(prefix = "tandem.node")
public interface NodeConfig {
    /** Names the node in logs, leases and connection names; 8 random letters when not set. */
    Optional<String> id();
}
