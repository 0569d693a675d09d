package dev.tandem.api;

import dev.tandem.id.EventName;
import dev.tandem.id.UserId;
import dev.tandem.message.UserNotices;
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

/** What is told to all connections of one user, wherever they are; by the user, or by a key. */
@Path("/api/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
@APIResponse(
        responseCode = "403",
        description = "forbidden",
        content = @Content(schema = @Schema(implementation = Problem.class)))
public class UserNoticeResource {
    private final UserNotices notices;
    private final Calling calling;

    UserNoticeResource(UserNotices notices, Calling calling) {
        this.notices = notices;
        this.calling = calling;
    }

    @POST
    @Path("/events")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tell a user something",
            description =
                    "Every connection of the user hears it as 'direct'. By the user, or by a key with the scope 'publish'.")
    @APIResponse(
            responseCode = "202",
            description = "Redis has passed it on to all nodes, whether the user is connected or not",
            content = @Content(schema = @Schema(implementation = EventView.class)))
    public Uni<RestResponse<EventView>> tell(
            @RestPath String user, EventRequest request, @Context RoutingContext call) {
        UserId id = new UserId(user);
        EventRequest given = Bodies.require(request);
        EventName name = given.requireName();
        return calling.userOrKey(call, id, Permission.PUBLISH)
                .chain(caller -> notices.event(id, caller.user(), name, given.data()))
                .map(at -> RestResponse.status(RestResponse.Status.ACCEPTED, new EventView(null, id, name, at)));
    }

    @POST
    @Path("/disconnect")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "End a user's connections",
            description = "On every node. The user may come again. By the user, or by a key with the scope 'moderate'.")
    @APIResponse(responseCode = "202", description = "All nodes have been told")
    public Uni<RestResponse<Void>> disconnect(@RestPath String user, @Context RoutingContext call) {
        UserId id = new UserId(user);
        return calling.userOrKey(call, id, Permission.MODERATE)
                .chain(caller -> notices.putOut(id))
                .replaceWith(() -> RestResponse.status(RestResponse.Status.ACCEPTED));
    }
}
