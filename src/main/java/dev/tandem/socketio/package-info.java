/**
 * Socket.IO protocol 5 over Engine.IO sessions, and its server API for authors.
 *
 * <p>Authors write a {@link dev.tandem.socketio.NamespaceHandler}, a CDI bean, and are given a {@link
 * dev.tandem.socketio.Namespace} and, for each client, a {@link dev.tandem.socketio.Socket}; other beans ask {@link
 * dev.tandem.socketio.SocketIoServer} for a namespace. The words are those of the Node.js server, {@code volatile} apart, which is
 * {@code asVolatile}.
 *
 * <p>Below that, a {@code SocketIoClient} is one session, a {@code NamespaceConnection} its place in one namespace, {@code
 * Admission} the way in. Packets are {@code codec}'s; who is in which room, and how to reach them, is the {@code adapter}'s. This
 * package knows no room of Tandem's.
 */
package dev.tandem.socketio;
