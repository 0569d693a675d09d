package dev.tandem.engineio;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** A node that sends messages back, with an upgrade that does not take long to fail. */
public class EchoProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(EchoListener.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("tandem.socketio.upgrade-timeout", "2s");
    }
}
