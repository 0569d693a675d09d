package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.message.Edits;
import dev.tandem.message.Histories;
import dev.tandem.message.Reactions;
import dev.tandem.room.Rooms;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** One message, by its number: what it says, and how people react to it. */
@Path("/api/rooms/{room}/messages/{seq}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
@APIResponse(
        responseCode = "401",
        description = "unauthenticated: nobody says who is calling",
        content = @Content(schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "forbidden, banned, muted, not_a_member",
        content = @Content(schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "404",
        description = "room_not_found, message_not_found",
        content = @Content(schema = @Schema(implementation = Problem.class)))
public class OneMessageResource {
    private final Histories histories;
    private final Edits edits;
    private final Reactions reactions;
    private final Rooms rooms;
    private final Calling calling;
    private final Actors actors;

    OneMessageResource(
            Histories histories, Edits edits, Reactions reactions, Rooms rooms, Calling calling, Actors actors) {
        this.histories = histories;
        this.edits = edits;
        this.reactions = reactions;
        this.rooms = rooms;
        this.calling = calling;
        this.actors = actors;
    }

    @GET
    @Operation(summary = "Get a message", description = "As it is now; of a removed one the tombstone.")
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    public Uni<String> get(@BeanParam MessagePath path, @Context RoutingContext call) {
        RoomId room = path.room();
        long seq = path.seq();
        return actors.of(call).chain(actor -> rooms.requireReader(actor, room)).chain(() -> histories.get(room, seq));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change what a message says", description = "By its author. Members are told ('edited').")
    @RequestBody(content = @Content(examples = @ExampleObject(name = "text", value = "{\"text\": \"Hello again\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "409",
            description = "too_old",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<String> edit(@BeanParam MessagePath path, EditRequest request, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomId room = path.room();
        long seq = path.seq();
        EditRequest given = Bodies.require(request);
        return actors.of(call).chain(actor -> edits.edit(actor, room, seq, given.text(), given.data()));
    }

    @DELETE
    @Operation(
            summary = "Remove a message",
            description =
                    "By its author, or who keeps order in the room. A tombstone stays; members are told ('removed').")
    @APIResponse(responseCode = "204", description = "It is removed")
    public Uni<Void> remove(@BeanParam MessagePath path, @Context RoutingContext call) {
        RoomId room = path.room();
        long seq = path.seq();
        return actors.keepingOrder(call)
                .chain(actor -> edits.remove(actor, room, seq))
                .replaceWithVoid();
    }

    @GET
    @Path("/reactions")
    @Operation(summary = "Reactions to a message", description = "In the order of their first use.")
    @APIResponse(
            responseCode = "200",
            description = "The reactions, and which are the caller's own",
            content = @Content(schema = @Schema(implementation = ReactionsView.class)))
    public Uni<ReactionsView> reactions(@BeanParam MessagePath path, @Context RoutingContext call) {
        RoomId room = path.room();
        long seq = path.seq();
        return actors.of(call)
                .chain(actor -> reactions.to(actor, room, seq))
                .map(found -> new ReactionsView(room, seq, found));
    }

    @PUT
    @Path("/reactions/{emoji}")
    @Operation(
            summary = "React to a message",
            description = "With 1 to 32 bytes of text. Members are told ('reacted').")
    @APIResponse(
            responseCode = "200",
            description = "How many react so",
            content = @Content(schema = @Schema(implementation = ReactionView.class)))
    @APIResponse(
            responseCode = "409",
            description = "limit_reached",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<ReactionView> react(@BeanParam MessagePath path, @RestPath String emoji, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomId room = path.room();
        long seq = path.seq();
        return actors.orGuest(call)
                .chain(actor -> reactions.react(actor, room, seq, emoji, true))
                .map(done -> new ReactionView(room, seq, done.emoji(), done.count(), done.mine()));
    }

    @DELETE
    @Path("/reactions/{emoji}")
    @Operation(summary = "Take a reaction back")
    @APIResponse(responseCode = "204", description = "The caller does not react so")
    public Uni<Void> unreact(@BeanParam MessagePath path, @RestPath String emoji, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomId room = path.room();
        long seq = path.seq();
        return actors.of(call)
                .chain(actor -> reactions.react(actor, room, seq, emoji, false))
                .replaceWithVoid();
    }
}
