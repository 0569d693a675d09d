/**
 * What nodes say to each other: requests with an answer, and notices, over the pub/sub connections that are there already.
 *
 * <p>{@link dev.tandem.internode.Nodes} is the whole of it: every node listens to a channel of its own, {@code tandem:node:<id>}. This
 * package knows nothing of what is asked; those who use it give it subjects and bodies.
 */
package dev.tandem.internode;
