/**
 * Engine.IO 4: sessions over WebSocket, their handshake, heartbeat and end.
 *
 * <p>{@link dev.tandem.engineio.EngineIoServer} takes requests to {@code /socket.io/}; a {@link
 * dev.tandem.engineio.EngineIoSession} is one client. Packets are {@code codec}'s, sockets {@code transport}'s. What the messages
 * mean is known by the {@link dev.tandem.engineio.EngineIoListener} above.
 */
package dev.tandem.engineio;
