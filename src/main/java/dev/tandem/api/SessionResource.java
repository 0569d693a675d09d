package dev.tandem.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserRef;
import dev.tandem.session.Caller;
import dev.tandem.session.Credentials;
import dev.tandem.session.Sessions;
import dev.tandem.user.UserNames;
import dev.tandem.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Who is calling: to see, to begin, to be called otherwise, and to end. */
@Path("/api/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session")
public class SessionResource {
    private final Calling calling;
    private final Sessions sessions;
    private final Users users;
    private final ObjectMapper mapper;

    SessionResource(Calling calling, Sessions sessions, Users users, ObjectMapper mapper) {
        this.calling = calling;
        this.sessions = sessions;
        this.users = users;
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a session",
            description = "Who has one keeps it, and may take another name. The body may be missing.")
    @APIResponse(
            responseCode = "201",
            description = "A new guest, with the cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Who is calling",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<RestResponse<SessionView>> start(SessionRequest request, @Context RoutingContext call) {
        Optional<String> name =
                Optional.ofNullable(request).map(SessionRequest::name).map(UserNames::require);
        return calling.find(call)
                .chain(found -> found.map(caller -> kept(caller, name)).orElseGet(() -> started(call, name)));
    }

    @GET
    @Operation(summary = "Who is calling")
    @APIResponse(
            responseCode = "200",
            description = "Who is calling",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    @APIResponse(
            responseCode = "401",
            description = "unauthenticated: there is no session",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<SessionView> get(@Context RoutingContext call) {
        return calling.somebody(call).map(SessionView::of);
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take another name", description = "Connections that are open keep the name they began with.")
    @APIResponse(
            responseCode = "200",
            description = "Who is calling now",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Uni<SessionView> rename(SessionRequest request, @Context RoutingContext call) {
        if (Bodies.require(request).name() == null) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'name' must be given.", "name");
        }
        String name = UserNames.require(request.name());
        return calling.somebody(call).chain(caller -> renamed(caller, name));
    }

    @DELETE
    @Operation(
            summary = "End the session",
            description =
                    "Its connections end on every node. Harmless where there is none; tokens and keys end elsewhere.")
    @APIResponse(responseCode = "204", description = "There is no session any more")
    public Uni<RestResponse<Void>> end(@Context RoutingContext call) {
        Credentials shown = calling.credentials(call);
        Uni<Void> ended = sessions.sid(shown.cookie())
                .map(sessions::end)
                .orElseGet(() -> Uni.createFrom().voidItem());
        return ended.map(done -> {
            call.response().headers().add("Set-Cookie", sessions.forgetCookie(shown.isSecure()));
            return RestResponse.noContent();
        });
    }

    private Uni<RestResponse<SessionView>> kept(Caller caller, Optional<String> name) {
        Uni<SessionView> view = name.map(given -> renamed(caller, given))
                .orElseGet(() -> Uni.createFrom().item(SessionView.of(caller)));
        return view.map(RestResponse::ok);
    }

    private Uni<RestResponse<SessionView>> started(RoutingContext call, Optional<String> name) {
        return calling.guest(call, name)
                .map(guest -> RestResponse.status(RestResponse.Status.CREATED, SessionView.of(guest)));
    }

    private Uni<SessionView> renamed(Caller caller, String name) {
        String sid = caller.sessionId()
                .orElseThrow(() -> new TandemException(ErrorCode.FORBIDDEN, "Only a session takes another name."));
        UserRef user = new UserRef(caller.user().id(), name);
        return users.update(user.id(), name, null)
                .chain(known -> sessions.rename(sid, name))
                .replaceWith(() -> SessionView.of(new Caller.OfSession(user, sid)));
    }
}
