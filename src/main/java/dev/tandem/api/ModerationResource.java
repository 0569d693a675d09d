package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.room.Actor;
import dev.tandem.room.Invitation;
import dev.tandem.room.Moderation;
import dev.tandem.room.Restriction;
import dev.tandem.room.RoleHolder;
import dev.tandem.room.RoomRole;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Order in a room: roles, kicks, bans, mutes, invitations. */
@Path("/api/rooms/{room}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Moderation")
@APIResponse(
        responseCode = "401",
        description = "unauthenticated: the room is somebody's",
        content = @Content(schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "forbidden, not_a_member",
        content = @Content(schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "404",
        description = "room_not_found",
        content = @Content(schema = @Schema(implementation = Problem.class)))
public class ModerationResource {
    private final Moderation moderation;
    private final Actors actors;

    ModerationResource(Moderation moderation, Actors actors) {
        this.moderation = moderation;
        this.actors = actors;
    }

    @GET
    @Path("/roles")
    @Operation(summary = "Who has which role", description = "The owner first; for members of the room.")
    public Uni<Items<RoleHolder>> roles(@RestPath String room, @Context RoutingContext call) {
        return list(room, call, moderation::roles);
    }

    @PUT
    @Path("/roles/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give a user a role",
            description =
                    "When the owner becomes something else, the room goes to the moderator who is that for longest, else to the"
                            + " member who is present for longest, else to nobody.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "moderator", value = "{\"role\": \"moderator\"}")))
    @APIResponse(responseCode = "204", description = "The user has the role")
    public Uni<Void> giveRole(
            @RestPath String room, @RestPath String user, RoleRequest request, @Context RoutingContext call) {
        return give(room, user, RoomRole.of(Bodies.require(request).role()), call);
    }

    @DELETE
    @Path("/roles/{user}")
    @Operation(summary = "Take a user's role")
    @APIResponse(responseCode = "204", description = "The user has no role")
    public Uni<Void> takeRole(@RestPath String room, @RestPath String user, @Context RoutingContext call) {
        return give(room, user, RoomRole.NONE, call);
    }

    @POST
    @Path("/kicks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Put a user out", description = "Of all connections, on every node. The user may come again.")
    @APIResponse(
            responseCode = "200",
            description = "Who was put out, and of how many connections",
            content = @Content(schema = @Schema(implementation = KickView.class)))
    public Uni<KickView> kick(@RestPath String room, KickRequest request, @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        KickRequest given = Bodies.require(request);
        UserId user = new UserId(given.user());
        return actors.keepingOrder(call)
                .chain(actor -> moderation.kick(actor, id, user, Optional.ofNullable(given.reason())))
                .map(connections -> new KickView(id, user, connections));
    }

    @GET
    @Path("/bans")
    @Operation(summary = "Who is banned", description = "For moderators.")
    public Uni<Items<Restriction>> bans(@RestPath String room, @Context RoutingContext call) {
        return list(room, call, moderation::bans);
    }

    @PUT
    @Path("/bans/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Ban a user", description = "Who is put out of all connections, on every node, and kept out.")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "for an hour",
                                            value = "{\"for\": 3600, \"reason\": \"Shouting\"}")))
    public Uni<Restriction> ban(
            @RestPath String room, @RestPath String user, RestrictionRequest request, @Context RoutingContext call) {
        return restrict(room, user, request, call, moderation::ban);
    }

    @DELETE
    @Path("/bans/{user}")
    @Operation(summary = "Lift a ban")
    @APIResponse(responseCode = "204", description = "The user is not banned")
    public Uni<Void> unban(@RestPath String room, @RestPath String user, @Context RoutingContext call) {
        return lift(room, user, call, moderation::unban);
    }

    @GET
    @Path("/mutes")
    @Operation(summary = "Who is muted", description = "For moderators.")
    public Uni<Items<Restriction>> mutes(@RestPath String room, @Context RoutingContext call) {
        return list(room, call, moderation::mutes);
    }

    @PUT
    @Path("/mutes/{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Mute a user", description = "Who may not say anything until then.")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "for a minute", value = "{\"for\": 60}")))
    public Uni<Restriction> mute(
            @RestPath String room, @RestPath String user, RestrictionRequest request, @Context RoutingContext call) {
        return restrict(room, user, request, call, moderation::mute);
    }

    @DELETE
    @Path("/mutes/{user}")
    @Operation(summary = "Lift a mute")
    @APIResponse(responseCode = "204", description = "The user may say something")
    public Uni<Void> unmute(@RestPath String room, @RestPath String user, @Context RoutingContext call) {
        return lift(room, user, call, moderation::unmute);
    }

    @POST
    @Path("/invitations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make an invitation",
            description = "Who joins with its token passes lock and password. The token is told this once.")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "one user, one day",
                                            value = "{\"uses\": 1, \"expires\": 86400}")))
    @APIResponse(
            responseCode = "201",
            description = "The invitation",
            content = @Content(schema = @Schema(implementation = Invitation.class)))
    public Uni<RestResponse<Invitation>> invite(
            @RestPath String room, InvitationRequest request, @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        InvitationRequest given = request == null ? InvitationRequest.NONE : request;
        return actors.keepingOrder(call)
                .chain(actor -> moderation.invite(
                        actor, id, Optional.ofNullable(given.uses()), Optional.ofNullable(given.expires())))
                .map(made -> RestResponse.status(RestResponse.Status.CREATED, made));
    }

    @DELETE
    @Path("/invitations")
    @Operation(summary = "Revoke all invitations")
    @APIResponse(responseCode = "204", description = "None is valid any more")
    public Uni<Void> revokeInvitations(@RestPath String room, @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        return actors.keepingOrder(call).chain(actor -> moderation.revokeInvitations(actor, id));
    }

    /** How one who may is let keep somebody from something. */
    private interface Restrict {
        Uni<Restriction> apply(Actor actor, RoomId room, UserId user, Optional<Long> seconds, Optional<String> reason);
    }

    /** How that is ended. */
    private interface Lift {
        Uni<Void> apply(Actor actor, RoomId room, UserId user);
    }

    private <T> Uni<Items<T>> list(String room, RoutingContext call, BiFunction<Actor, RoomId, Uni<List<T>>> all) {
        RoomId id = new RoomId(room);
        return actors.of(call).chain(actor -> all.apply(actor, id)).map(Items::new);
    }

    private Uni<Restriction> restrict(
            String room, String user, RestrictionRequest request, RoutingContext call, Restrict how) {
        RoomId id = new RoomId(room);
        UserId who = new UserId(user);
        RestrictionRequest given = request == null ? RestrictionRequest.NONE : request;
        return actors.keepingOrder(call)
                .chain(actor -> how.apply(
                        actor, id, who, Optional.ofNullable(given.seconds()), Optional.ofNullable(given.reason())));
    }

    private Uni<Void> lift(String room, String user, RoutingContext call, Lift how) {
        RoomId id = new RoomId(room);
        UserId who = new UserId(user);
        return actors.keepingOrder(call).chain(actor -> how.apply(actor, id, who));
    }

    private Uni<Void> give(String room, String user, RoomRole role, RoutingContext call) {
        RoomId id = new RoomId(room);
        UserId holder = new UserId(user);
        return actors.keepingOrder(call).chain(actor -> moderation.give(actor, id, holder, role));
    }
}
