package dev.tandem.socketio.adapter;

/** Makes the adapter of each namespace; a CDI bean. The default one is the cluster's; any other bean takes its place. */
public interface AdapterFactory {

    Adapter create(LocalNamespace namespace);
}
