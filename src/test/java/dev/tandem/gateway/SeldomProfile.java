package dev.tandem.gateway;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A node that lets in everybody, from whatever page, but nobody often, for tests that do few things: those of the limits of users, of the
 * rate of handshakes, and of pages. What comes without credentials is counted by address, so that each test has made a user of its own or
 * comes once.
 */
public class SeldomProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tandem.limits.post", "3/10m",
                "tandem.limits.publish", "3/10m",
                "tandem.limits.create", "3/10m",
                "tandem.limits.join", "3/10m",
                "tandem.http.cors-origins", "*",
                "tandem.socketio.max-handshakes-per-second", "1");
    }
}
