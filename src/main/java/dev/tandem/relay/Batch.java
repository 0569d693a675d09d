package dev.tandem.relay;

import java.util.List;

/**
 * What goes from one node to another at once.
 *
 * @param link names the direction, and how often it has begun anew
 * @param number 0, 1, 2 ... in that direction
 */
record Batch(long link, long number, List<RelayMessage> messages) {}
