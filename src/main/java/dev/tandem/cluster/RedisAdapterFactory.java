package dev.tandem.cluster;

import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LocalNamespace;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

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
            ClusterMeters meters) {
        this.parts = new ClusterParts(config, adapterConfig, bus, pending, aside, meters);
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
        return new RedisAdapter(self, local, parts, ears, questions, answers);
    }
}
