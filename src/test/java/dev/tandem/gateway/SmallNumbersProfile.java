package dev.tandem.gateway;

import dev.tandem.engineio.EchoListener;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A node that keeps little and waits briefly, for the tests of what is past that: of histories and changes, which are read over HTTP, of
 * crowds, which come over plain WebSockets, and of the heartbeat of Engine.IO, where nobody else is and an echo is in Socket.IO's place.
 */
public class SmallNumbersProfile implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(EchoListener.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put("tandem.rooms.history", "3");
        settings.put("tandem.rooms.max-text", "10");
        settings.put("tandem.rooms.edit-window", "0.005S");
        settings.put("tandem.rooms.max-reactions", "2");
        settings.put("tandem.rooms.max-markers", "2");
        settings.put("tandem.presence.large-room", "10");
        settings.put("tandem.presence.large-room-typing", "3");
        settings.put("tandem.presence.gather", "200ms");
        settings.put("tandem.socketio.ping-interval", "300ms");
        settings.put("tandem.socketio.ping-timeout", "1500ms");
        return settings;
    }
}
