package dev.tandem.engineio;

import java.util.Set;

/** A node that sends messages back, and passes all requests on to itself, over Redis. */
public class RelayedEchoProfile extends EchoProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(EchoListener.class, RelayedRequests.class);
    }
}
