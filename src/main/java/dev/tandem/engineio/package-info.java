/**
 * Engine.IO 4: sessions over long-polling and WebSocket, their handshake, upgrade, heartbeat and end.
 *
 * <p>{@link dev.tandem.engineio.EngineIoServer} takes requests to {@code /socket.io/}: one without a {@code sid} opens a session
 * ({@link dev.tandem.engineio.Handshakes}), one with is asked of its session ({@link dev.tandem.engineio.SessionRequests}, found by
 * {@link dev.tandem.engineio.SessionRegistry}, or elsewhere, by {@link dev.tandem.engineio.RemoteSessions}). A {@link dev.tandem.engineio.EngineIoSession} is one client; how it is reached is
 * known by its {@link dev.tandem.engineio.TransportInUse}. Packets are {@code codec}'s, the ways on which they travel {@code transport}'s. What the
 * messages mean is known by the {@link dev.tandem.engineio.EngineIoListener} above.
 */
package dev.tandem.engineio;
