package dev.tandem.api;

import dev.tandem.id.RoomId;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;

/** Which message a path is about: the room, and the number in it. */
public class MessagePath {
    @RestPath("room")
    String room;

    @RestPath("seq")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
    String seq;

    /** Fails with {@code invalid_field} if it is no id. */
    RoomId room() {
        return new RoomId(room);
    }

    /** Fails with {@code invalid_field} if it is no number. */
    long seq() {
        return QueryNumbers.inPath(seq);
    }
}
