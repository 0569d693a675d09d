package dev.tandem.message;

import dev.tandem.id.MessageId;
import io.vertx.core.Future;

/**
 * A message that is being posted.
 *
 * @param end completes when it has been posted, fails if it was not, or nobody knows
 */
public record MessageUnderWay(MessageId id, Future<?> end) {}
