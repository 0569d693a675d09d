/**
 * This node as a member of a Socket.IO cluster: with other nodes and with Node.js servers that have the classic Redis adapter, and
 * within reach of its emitters, all on one Redis.
 *
 * <p>Start at {@link dev.tandem.cluster.RedisAdapter}, one for each namespace, made by the {@link
 * dev.tandem.cluster.RedisAdapterFactory}. It holds the local adapter and says to the other servers what it does itself; {@code
 * BroadcastReceiver} and {@code RequestReceiver} do what others say. A request that others answer is a {@code Gathering}, kept in
 * {@code PendingRequests} until all have answered or time is up. {@code codec} knows the messages, {@code ClusterBus} the way to
 * Redis, over the node's two connections.
 *
 * <p>In a namespace whose clients may come back, broadcasts go through its {@code RedisLog}: {@code LogStore} knows the keys and
 * scripts, {@code LogFeed} passes the log on to this node's sockets, in its order, and {@code Holes} notes what others broadcast past it.
 *
 * <p>What happens in Tandem's own rooms does not pass here: it crosses Redis once, as {@code event} has it. Only for clients of Node.js
 * servers, {@code RoomEventMirror} says it again, if that is wanted.
 *
 * <p>In a Redis Cluster these channels are classic ones: whatever server a message is published on, the cluster's bus takes it to
 * all others, and so to every subscriber, wherever that is subscribed. The number of servers is asked of each primary and summed
 * up; a peer that is subscribed at a replica is not counted, nor waited for. Messages keep their order within a channel,
 * not from one channel to another, as they may come over different servers; and while a slot moves, what is published on the
 * channels of that slot may be missed, or heard twice. A log is on one server, which publishes all of it; its numbers tell what is missing.
 */
package dev.tandem.cluster;
