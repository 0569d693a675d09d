/**
 * Socket.IO protocol 5: namespaces, sockets, events and acks, over Engine.IO sessions.
 *
 * <p>{@link dev.tandem.socketio.SocketIoServer} takes what sessions say; a {@link dev.tandem.socketio.Socket} is one client in one
 * {@link dev.tandem.socketio.Namespace}, which is a CDI bean. Packets are {@code codec}'s. This package knows no room of Tandem's.
 */
package dev.tandem.socketio;
