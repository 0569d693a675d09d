package dev.tandem.id;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the node its one name. */
@Dependent
class NodeIdProducer {

    @Produces
    @Singleton
    NodeId nodeId(NodeConfig config) {
        return config.id().map(NodeId::new).orElseGet(NodeId::random);
    }
}
