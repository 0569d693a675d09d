/**
 * What was said: posting a message, changing it, reacting to it, and reading a room's history.
 *
 * <p>Start at {@link dev.tandem.message.Messages}; what was said, {@link dev.tandem.message.Histories} reads. A message is one round trip to Redis: the script {@code post-message.lua}
 * gives it the room's next number, appends it to the history and publishes it. What becomes of it then is the matter of {@link
 * dev.tandem.message.Edits} and {@link dev.tandem.message.Reactions}; how far somebody has read, of {@link
 * dev.tandem.message.ReadMarkers}. This package knows no door.
 */
package dev.tandem.message;
