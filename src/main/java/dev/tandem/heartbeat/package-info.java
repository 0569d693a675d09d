/**
 * Signs of life of connections: the server pings, the client answers, or is silent for too long.
 *
 * <p>{@link dev.tandem.heartbeat.Heartbeats} gives a connection its {@link dev.tandem.heartbeat.Heartbeat}; one timer for each event loop
 * serves all of them ({@code HeartbeatLoop}). What a ping is, and what becomes of one who is silent, the doors know.
 */
package dev.tandem.heartbeat;
