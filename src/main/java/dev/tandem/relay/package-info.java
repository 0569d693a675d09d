/**
 * No sticky sessions: a request that comes in at a node which does not own the session is passed on to the one that does, and its
 * answer comes back. A WebSocket is held here for its whole life, and its frames go both ways.
 *
 * <pre>
 * client -- entry: {@link dev.tandem.relay.EntryEnd} -- {@link dev.tandem.relay.Link} --- pub/sub --- Link -- {@link dev.tandem.relay.OwnerEnd}: owner -- session
 * </pre>
 *
 * <p>{@link dev.tandem.relay.Relay} is where requests come in, {@link dev.tandem.relay.RelayMessage} all that can be said. Nothing is
 * silently lost, repeated or swapped: a {@link dev.tandem.relay.Link} numbers what it carries, and where anything is missing all that
 * it carried is over on both sides, and clients come back. A session does not see where its client came in: it is asked by a {@link
 * dev.tandem.relay.RelayedExchange} and reached by a {@link dev.tandem.relay.RelayedTransport}. This package knows nothing of what
 * clients say.
 */
package dev.tandem.relay;
