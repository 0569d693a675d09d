package dev.tandem.cluster;

import dev.tandem.redis.Commands;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisLoop;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LocalNamespace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** Makes every namespace of this node a member of the cluster, unless that is switched off. */
@DefaultBean
@Singleton
public class RedisAdapterFactory implements AdapterFactory {
    private final ClusterParts parts;

    RedisAdapterFactory(
            Vertx vertx,
            RedisLoop loop,
            Commands commands,
            PubSub pubSub,
            ClusterConfig config,
            AdapterConfig adapterConfig,
            MeterRegistry registry) {
        ClusterMeters meters = new ClusterMeters(registry);
        this.parts = new ClusterParts(
                config,
                adapterConfig,
                new ClusterBus(commands, pubSub, meters),
                new PendingRequests(vertx, loop, config.maxPending(), meters),
                new Aside(vertx, meters),
                meters);
    }

    @Override
    public Adapter create(LocalNamespace namespace) {
        LocalAdapter local = new LocalAdapter(namespace, parts.adapterConfig());
        return parts.config().enabled() ? member(namespace, local) : local;
    }

    private RedisAdapter member(LocalNamespace namespace, LocalAdapter local) {
        ClusterMember self = ClusterMember.of(namespace.name(), parts.config());
        Questions questions = new Questions(self, parts.bus(), parts.pending(), parts.meters());
        Answers answers = new Answers(
                self,
                namespace,
                local,
                parts.bus(),
                parts.aside(),
                parts.config().publishOnSpecificResponseChannel());
        return new RedisAdapter(self, local, parts, questions, answers);
    }
}
