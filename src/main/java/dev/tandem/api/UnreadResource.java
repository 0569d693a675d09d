package dev.tandem.api;

import dev.tandem.message.ReadMarkers;
import dev.tandem.message.Unread;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much there is to read. */
@Path("/api/unread")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class UnreadResource {
    private final ReadMarkers markers;
    private final Calling calling;

    UnreadResource(ReadMarkers markers, Calling calling) {
        this.markers = markers;
        this.calling = calling;
    }

    @GET
    @Operation(
            summary = "How much there is to read",
            description = "In the rooms of which the caller has said up to where they were read, and may still read.")
    @APIResponse(responseCode = "200", description = "The rooms, in the order of their ids")
    @APIResponse(
            responseCode = "401",
            description = "unauthenticated: nobody says who is calling",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Items<Unread>> unread(@Context RoutingContext call) {
        return calling.somebody(call)
                .chain(caller -> markers.unread(caller.user()))
                .map(Items::new);
    }
}
