/**
 * What the members of a Socket.IO cluster say to each other over Redis, in the words of the classic Redis adapter of Node.js
 * ({@code @socket.io/redis-adapter} 8) and of its emitter; plain Java, Jackson and the MessagePack library. Start at {@link
 * dev.tandem.cluster.codec.ClusterCodec}.
 *
 * <p>Three channels of a namespace, named by {@link dev.tandem.cluster.codec.ClusterChannels}, carry three vocabularies: {@link
 * dev.tandem.cluster.codec.Broadcast}, {@link dev.tandem.cluster.codec.ClusterRequest} and {@link
 * dev.tandem.cluster.codec.ClusterResponse}. What carries binary values of clients is MessagePack, the rest JSON.
 *
 * <p>Values of applications are {@link com.fasterxml.jackson.databind.JsonNode}s, a {@link
 * com.fasterxml.jackson.databind.node.BinaryNode} for binary ones. The two formats are read and written by libraries; ours are the
 * bounds and JavaScript's own kinds of values.
 *
 * <p>It must not know who is in a room, which requests are under way, or Redis.
 */
package dev.tandem.cluster.codec;
