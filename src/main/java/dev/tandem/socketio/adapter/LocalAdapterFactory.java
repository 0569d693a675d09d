package dev.tandem.socketio.adapter;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** For a node on its own. */
@DefaultBean
@Singleton
class LocalAdapterFactory implements AdapterFactory {
    private final AdapterConfig config;

    LocalAdapterFactory(AdapterConfig config) {
        this.config = config;
    }

    @Override
    public Adapter create(LocalNamespace namespace) {
        return new LocalAdapter(namespace, config);
    }
}
