package dev.tandem.socketio.adapter;

/** Makes the adapter of each namespace; a CDI bean. The default one is for a node on its own; any other bean takes its place. */
public interface AdapterFactory {

    Adapter create(LocalNamespace namespace);
}
