package dev.tandem.message;

import dev.tandem.id.MessageId;
import io.vertx.core.Future;

/**
 * A message that is being posted.
 *
 * @param end completes or fails when nothing more will become of it, or of those that it must not get before
 */
public record MessageUnderWay(MessageId id, Future<?> end) {}
