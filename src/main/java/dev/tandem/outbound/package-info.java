/**
 * What goes out to connections, and why that is fast. This package knows no room and no protocol but the form of WebSocket frames.
 *
 * <p>A {@link dev.tandem.outbound.Frame} is encoded once, by whoever sends it. An {@link dev.tandem.outbound.Outbound} is one connection's
 * way out, over the {@link dev.tandem.outbound.Wire} below it; an {@link dev.tandem.outbound.Audience} is those who are told the same.
 *
 * <p>What a message to many costs is the system call by which each of them gets it: everything else together is less. So:
 *
 * <ol>
 *   <li><b>One note for each event loop.</b> Sending only notes the frame, and whom it is for, with the {@link
 *       dev.tandem.outbound.OutboundLoop} of each event loop that some of them live on. The thread on which messages arrive is free for
 *       the next one, whether there are ten members or ten thousand.
 *   <li><b>One system call for each connection and turn.</b> The loop takes all that was noted since its last turn and gives each
 *       connection the frames that are for it, then writes each connection's frames in one go. When messages come faster than they can be
 *       written one by one, more of them are noted when the loop comes back, and go for the price of one: longer writes instead of a
 *       growing queue. When they come slowly, each is written at once. After a turn in which much came together the loop reads before it
 *       writes again, for as long as that turn took at most, so that what clients answer to it comes together too.
 *   <li><b>One buffer for all.</b> Frames of a turn form a {@link dev.tandem.outbound.Burst}, a chain in which each knows what follows it.
 *       Connections that get the same frames walk the same chain, so they end at the same burst, and share the buffer that is made of it.
 *       A connection that got something of its own in between has a burst of its own.
 *   <li><b>Straight to the socket.</b> {@link dev.tandem.outbound.WebSocketChannel} writes the buffer to the socket, past handlers that
 *       would look at each frame and have nothing to add, and past the channel's queue as long as that is empty: what costs, besides the
 *       system call, is the first look at each object of a connection. There is no object for a receiver of a message: no future, no
 *       promise, no lambda, unless the network does not take what is written.
 *   <li><b>A few looks ahead.</b> Those first looks are taken at several connections in a row, before the first of them is written: the
 *       processor waits for memory once then, and not for each. {@code Turn} does that.
 * </ol>
 *
 * <p>The order of the calls is kept, for one connection, for many, and between both: it is the order of the notes. Bytes and frames that
 * wait for a client are counted on its loop, until the network has them; past the bound the connection is closed, and with it everything
 * that waited. {@code DeliveryCostTest} counts writes and memory for each delivery; {@code src/bench} measures.
 */
package dev.tandem.outbound;
