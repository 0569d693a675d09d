package dev.tandem.socketio;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** A node with the namespaces of all tests of Socket.IO, each in those that its test names; the rooms make place in {@code /}. */
public class SocketIoProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tandem.rooms.namespace", "/rooms",
                "tandem.socketio.connect-timeout", "2s",
                "tandem.socketio.event-timeout", "4s",
                "tandem.socketio.max-namespaces", "5",
                "tandem.socketio.max-attachments", "3",
                "tandem.socketio.max-attachment-bytes", "1000",
                "tandem.socketio.max-pending-acks", "3",
                "tandem.socketio.max-pending-events", "3");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(
                EchoNamespace.class,
                CustomEchoNamespace.class,
                LabNamespaces.class,
                KeptNamespaces.class,
                RecoveringNamespace.class);
    }
}
