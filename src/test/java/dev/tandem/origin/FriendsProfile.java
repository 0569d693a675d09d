package dev.tandem.origin;

import dev.tandem.engineio.EchoListener;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/**
 * A node that lets in pages of some origins, and few sessions from one address, which a proxy says; for the tests of both, of which one
 * looks at Engine.IO alone, with an echo in Socket.IO's place. Who opens a session comes from an address of their own.
 */
public class FriendsProfile implements QuarkusTestProfile {
    public static final String FRIEND = "https://friend.example";
    public static final String OLD_FRIEND = "https://old-friend.example";
    public static final String APP = "capacitor://localhost";

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(EchoListener.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tandem.http.cors-origins", FRIEND,
                "tandem.socketio.cors-origins", OLD_FRIEND + "," + APP,
                "tandem.socketio.max-connections-per-address", "3",
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.enable-forwarded-host", "true");
    }
}
