package dev.tandem.gateway;

import dev.tandem.limit.Operations;
import dev.tandem.limit.RateLimits;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;

/** How often users may give a command: the same buckets as over HTTP. From any thread. */
@Singleton
class OperationLimits {
    private static final Map<Class<? extends ClientCommand>, String> OPERATIONS = Map.of(
            ClientCommand.Send.class, Operations.POST,
            ClientCommand.Join.class, Operations.JOIN,
            ClientCommand.Create.class, Operations.CREATE,
            ClientCommand.Publish.class, Operations.PUBLISH);

    private final RateLimits limits;

    OperationLimits(RateLimits limits) {
        this.limits = limits;
    }

    boolean isLimited(ClientCommand command) {
        String operation = OPERATIONS.get(command.getClass());
        return operation != null && limits.isLimited(operation);
    }

    /** Of a limited command; fails with {@code rate_limited}. */
    Uni<Void> require(Client client, ClientCommand command) {
        return limits.require(OPERATIONS.get(command.getClass()), client.user().id(), null);
    }
}
