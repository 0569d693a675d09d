package dev.tandem.internode;

import dev.tandem.error.ErrorCode;
import dev.tandem.id.NodeId;
import io.vertx.core.buffer.Buffer;

/** What one node says to another. */
sealed interface NodeMessage {

    /** Wants an {@link Answer} or a {@link Failure} with the same number. */
    record Ask(NodeId from, long number, String subject, Buffer body) implements NodeMessage {}

    record Answer(long number, Buffer body) implements NodeMessage {}

    record Failure(long number, ErrorCode code, String reason) implements NodeMessage {}

    /** Wants no answer. */
    record Tell(NodeId from, String subject, Buffer body) implements NodeMessage {}

    /** Says nothing; how many hear it is what is of interest. */
    record Ping() implements NodeMessage {}
}
