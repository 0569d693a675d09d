package dev.tandem.engineio;

import dev.tandem.engineio.transport.RequestError;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many sessions one address may have, and how many may begin in a second. From any thread. The address is the client's as far as
 * {@code quarkus.http.proxy} lets it be known.
 */
@Singleton
class HandshakeLimits {
    private final int mostPerAddress;
    private final Optional<TokenBucket> bucket;
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    HandshakeLimits(EngineIoConfig config) {
        this.mostPerAddress = config.maxConnectionsPerAddress();
        int perSecond = config.maxHandshakesPerSecond();
        this.bucket = perSecond > 0 ? Optional.of(new TokenBucket(perSecond, System::nanoTime)) : Optional.empty();
    }

    /** Counts a session of that address, until it is {@link #leave left}; or why there may not be one, and then nothing is counted. */
    Optional<RequestError> enter(String address) {
        if (bucket.isPresent() && !bucket.get().tryTake()) {
            return Optional.of(RequestError.TOO_MANY_HANDSHAKES);
        } else if (mostPerAddress > 0 && byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
            leave(address);
            return Optional.of(RequestError.TOO_MANY_CONNECTIONS);
        }
        return Optional.empty();
    }

    /** The session is over, or did not come about. */
    void leave(String address) {
        if (mostPerAddress > 0) {
            byAddress.computeIfPresent(address, (known, count) -> count > 1 ? count - 1 : null);
        }
    }
}
