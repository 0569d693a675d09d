package dev.tandem.cluster;

import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LocalNamespace;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes every namespace of this node a member of the cluster, unless that is switched off. */
@DefaultBean
@Singleton
public class RedisAdapterFactory implements AdapterFactory {
    private final ClusterParts parts;

    RedisAdapterFactory(
            ClusterConfig config,
            AdapterConfig adapterConfig,
            ClusterBus bus,
            PendingRequests pending,
            Aside aside,
            ClusterMeters meters,
            LogStore logs) {
        this.parts = new ClusterParts(config, adapterConfig, bus, pending, aside, meters, logs);
    }

    @Override
    public Adapter create(LocalNamespace namespace) {
        LocalAdapter local = new LocalAdapter(namespace, parts.adapterConfig());
        return parts.config().enabled() ? member(namespace, local) : local;
    }

    private RedisAdapter member(LocalNamespace namespace, LocalAdapter local) {
        ClusterMember self = ClusterMember.of(namespace.name(), parts.config());
        Ears ears = new Ears();
        Questions questions = new Questions(self, ears, parts.bus(), parts.pending(), parts.meters());
        Answers answers = new Answers(
                self,
                namespace,
                local,
                parts.bus(),
                parts.aside(),
                parts.config().publishOnSpecificResponseChannel());
        Optional<RedisLog> log = namespace.isLogged() ? Optional.of(log(self, local)) : Optional.empty();
        return new RedisAdapter(self, local, parts, ears, questions, answers, log);
    }

    private RedisLog log(ClusterMember self, LocalAdapter local) {
        LogKeys keys = new LogKeys(parts.config().prefix(), self.namespace());
        LogFeed feed = new LogFeed(parts.logs(), keys, local, parts.meters());
        return new RedisLog(parts.logs(), keys, feed, parts.meters());
    }
}
