/**
 * How a namespace reaches its sockets: the {@link dev.tandem.socketio.adapter.Adapter} interface, and the {@link
 * dev.tandem.socketio.adapter.LocalAdapter}, which knows those of this node.
 *
 * <p>An adapter for several nodes holds a local one, adds what has to go to the others, and is made by an {@link
 * dev.tandem.socketio.adapter.AdapterFactory}: a CDI bean, which takes the place of the default. To an adapter, the namespace is
 * a {@link dev.tandem.socketio.adapter.LocalNamespace}, and a socket a {@link dev.tandem.socketio.adapter.LocalSocket}; this
 * package knows nothing else of the layer above.
 *
 * <p>An adapter may keep a {@link dev.tandem.socketio.adapter.BroadcastLog}, from which a socket that lost its connection gets what it
 * missed: what it was {@link dev.tandem.socketio.adapter.Told}, and what its client says, tell its {@link
 * dev.tandem.socketio.adapter.Absence}.
 */
package dev.tandem.socketio.adapter;
