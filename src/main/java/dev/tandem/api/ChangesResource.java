package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.message.Changes;
import dev.tandem.message.Edits;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What was changed of the messages of a room. */
@Path("/api/rooms/{room}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class ChangesResource {
    private final Edits edits;
    private final Actors actors;

    ChangesResource(Edits edits, Actors actors) {
        this.edits = edits;
        this.actors = actors;
    }

    @GET
    @Operation(
            summary = "Messages that were changed after a change",
            description =
                    "In the order of their last changes. 'complete' is false if there are too many, or the room's past is another"
                            + " one: then the history says what is so now.")
    @APIResponse(
            responseCode = "200",
            description = "The messages as they are now; of removed ones the tombstones",
            content = @Content(schema = @Schema(implementation = ChangesView.class)))
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<String> read(
            @RestPath String room,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String since,
            @RestQuery String epoch,
            @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        long after = QueryNumbers.seq("since", since).orElse(0L);
        return actors.of(call)
                .chain(actor -> edits.since(actor, id, after, Optional.ofNullable(epoch)))
                .map(ChangesResource::json);
    }

    private static String json(Changes changes) {
        return "{\"items\":[%s],\"changes\":%d,\"complete\":%s}"
                .formatted(String.join(",", changes.messages()), changes.last(), changes.isComplete());
    }
}
