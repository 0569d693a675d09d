package dev.tandem.cluster;

import dev.tandem.redis.RedisProcess;
import dev.tandem.socketio.SocketIoProfile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node on a Redis that others can find too, for the tests of what it has in common with Node.js servers, and of the log that it keeps there. */
public class ClusterProfile extends SocketIoProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("tandem.cluster.request-timeout", "20s");
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SharedRedis.class));
    }

    /** A Redis of its own. */
    public static class SharedRedis implements QuarkusTestResourceLifecycleManager {
        private RedisProcess redis;

        @Override
        public Map<String, String> start() {
            redis = RedisProcess.start();
            return Map.of("tandem.redis.url", redis.url());
        }

        @Override
        public void stop() {
            redis.close();
        }
    }
}
