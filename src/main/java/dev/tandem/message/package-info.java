/**
 * What was said: posting a message, and reading a room's history.
 *
 * <p>Start at {@link dev.tandem.message.Messages}. A message is one round trip to Redis: the script {@code post-message.lua}
 * gives it the room's next number, appends it to the history and publishes it. This package knows no door.
 */
package dev.tandem.message;
