package dev.tandem.api;

import dev.tandem.id.EventName;
import dev.tandem.id.RoomId;
import dev.tandem.message.Publications;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Events that are told to a room's members and kept nowhere. */
@Path("/api/rooms/{room}/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class EventResource {
    private final Publications publications;
    private final Calling calling;

    EventResource(Publications publications, Calling calling) {
        this.publications = publications;
        this.calling = calling;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Publish an event",
            description = "Told to all members as 'event', on every node; not in the history. By whoever may post.")
    @APIResponse(
            responseCode = "202",
            description = "Redis has passed it on",
            content = @Content(schema = @Schema(implementation = EventView.class)))
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<EventView>> publish(
            @RestPath String room, EventRequest request, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomId id = new RoomId(room);
        EventRequest given = Bodies.require(request);
        EventName name = given.requireName();
        return calling.anybody(call)
                .chain(caller -> publications.publish(id, caller.user(), name, given.data(), caller.isOperator()))
                .map(at -> RestResponse.status(RestResponse.Status.ACCEPTED, new EventView(id, null, name, at)));
    }
}
