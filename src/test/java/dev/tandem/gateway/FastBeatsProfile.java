package dev.tandem.gateway;

import dev.tandem.session.IdentityProfile;
import java.util.HashMap;
import java.util.Map;

/**
 * A node on which it shows soon who is still there, for the tests of streams, which beat fast and are cut off early, and of statuses: when
 * presence was lost it is made anew soon. What the ones say is too little for the bound of the others.
 */
public class FastBeatsProfile extends IdentityProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("tandem.stream.heartbeat", "100ms");
        settings.put("tandem.outbound.max-bytes", "256K");
        settings.put("tandem.presence.lease", "3s");
        return settings;
    }
}
