/**
 * Sockets that lose their connection and come back, to whatever node: start at {@link dev.tandem.recovery.LostSockets}, which finds them
 * again. What was broadcast meanwhile in a namespace of an author's is in its log, and {@code LogRecovery} brings both together; other
 * namespaces bring a {@link dev.tandem.socketio.SessionRecovery} of their own.
 */
package dev.tandem.recovery;
