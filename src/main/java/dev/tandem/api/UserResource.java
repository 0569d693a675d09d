package dev.tandem.api;

import dev.tandem.id.UserId;
import dev.tandem.message.ReadMarkers;
import dev.tandem.room.Moderation;
import dev.tandem.session.Caller;
import dev.tandem.session.Ended;
import dev.tandem.session.Permission;
import dev.tandem.session.Sessions;
import dev.tandem.user.User;
import dev.tandem.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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

/** Users, as everybody sees them; changed by themselves, or by a key. */
@Path("/api/users/{user}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
public class UserResource {
    private final Calling calling;
    private final Users users;
    private final Sessions sessions;
    private final Ended ended;
    private final Moderation moderation;
    private final ReadMarkers markers;

    UserResource(
            Calling calling, Users users, Sessions sessions, Ended ended, Moderation moderation, ReadMarkers markers) {
        this.calling = calling;
        this.users = users;
        this.sessions = sessions;
        this.ended = ended;
        this.moderation = moderation;
        this.markers = markers;
    }

    @GET
    @Operation(summary = "Get a user")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = User.class)))
    @APIResponse(
            responseCode = "404",
            description = "user_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<User> get(@RestPath String user) {
        return users.get(new UserId(user));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change a user", description = "By the user, or by a key with the scope 'publish'.")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = User.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<User> change(@RestPath String user, UserRequest request, @Context RoutingContext call) {
        UserId id = new UserId(user);
        UserRequest given = Bodies.require(request);
        return calling.userOrKey(call, id, Permission.PUBLISH)
                .chain(caller -> users.update(id, given.name(), given.metadata())
                        .call(changed -> given.name() == null ? done() : renamed(caller, id, changed.name())));
    }

    @DELETE
    @Operation(
            summary = "Forget a user",
            description =
                    "By the user, or by a key with the scope 'moderate'. The user's connections end on every node.")
    @APIResponse(responseCode = "204", description = "The user is not known any more")
    @APIResponse(
            responseCode = "403",
            description = "forbidden",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Void> forget(@RestPath String user, @Context RoutingContext call) {
        UserId id = new UserId(user);
        return calling.userOrKey(call, id, Permission.MODERATE)
                .chain(caller -> users.end(id)
                        .chain(() -> moderation.release(id))
                        .chain(() -> markers.forget(id))
                        .chain(() -> ended.user(id))
                        .chain(() -> endOwnSession(caller, id)));
    }

    /** The session says the name too, to other applications. */
    private Uni<Void> renamed(Caller caller, UserId id, String name) {
        sessions.forgetNames();
        return isOwn(caller, id)
                ? caller.sessionId().map(sid -> sessions.rename(sid, name)).orElseGet(UserResource::done)
                : done();
    }

    private Uni<Void> endOwnSession(Caller caller, UserId id) {
        return isOwn(caller, id) ? caller.sessionId().map(sessions::end).orElseGet(UserResource::done) : done();
    }

    private static boolean isOwn(Caller caller, UserId id) {
        return caller.user().id().equals(id);
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }
}
