package dev.tandem.cluster;

import dev.tandem.socketio.adapter.AdapterConfig;

/** What the adapters of all namespaces of this node share. */
record ClusterParts(
        ClusterConfig config,
        AdapterConfig adapterConfig,
        ClusterBus bus,
        PendingRequests pending,
        Aside aside,
        ClusterMeters meters,
        LogStore logs) {}
