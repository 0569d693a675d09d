package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.message.ReadMarkers;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Up to where the caller has read a room. */
@Path("/api/rooms/{room}/read")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class ReadResource {
    private final ReadMarkers markers;
    private final Calling calling;
    private final Actors actors;

    ReadResource(ReadMarkers markers, Calling calling, Actors actors) {
        this.markers = markers;
        this.calling = calling;
        this.actors = actors;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Note up to where a room was read", description = "Only forwards.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "up to 7", value = "{\"seq\": 7}")))
    @APIResponse(
            responseCode = "200",
            description = "How far the caller is, on whatever device",
            content = @Content(schema = @Schema(implementation = ReadView.class)))
    @APIResponse(
            responseCode = "403",
            description = "banned, not_a_member",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<ReadView> read(@RestPath String room, ReadRequest request, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomId id = new RoomId(room);
        Long given = Bodies.require(request).seq();
        long seq = given == null ? 0 : given;
        return actors.orGuest(call)
                .chain(actor -> markers.mark(actor, id, seq, Optional.empty()))
                .map(marker -> new ReadView(marker.room(), marker.seq()));
    }
}
