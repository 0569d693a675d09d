/**
 * The names by which everything else is known: value ids, checked once, when they are made.
 *
 * <p>An id that exists is valid: whoever holds a {@link dev.tandem.id.RoomId} need not look at it again. Ids are safe to put
 * into a Redis key, a channel name, a URL path and a JSON string without escaping. This package knows nothing of the rest.
 */
package dev.tandem.id;
