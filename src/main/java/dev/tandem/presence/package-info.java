/**
 * Who is in a room.
 *
 * <p>A user is present while any of their connections is. Each connection stands in Redis under the lease of its node, which the
 * node renews; when it stops doing so, whoever runs the reaper takes the lease away and removes its people. Nothing is trusted
 * to be tidy: if a join or a leave may have gone wrong, the node {@linkplain dev.tandem.presence.NodeLease starts over} under a
 * new lease, and the old one is reaped like that of a dead node. Start at {@link dev.tandem.presence.Presence}. This package
 * knows no door.
 */
package dev.tandem.presence;
