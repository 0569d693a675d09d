package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.session.ApiKeys;
import dev.tandem.session.Permission;
import dev.tandem.session.Scope;
import dev.tandem.user.UserNames;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** API keys; for keys with the scope 'admin' alone. */
@Path("/api/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
public class KeyResource {
    private final Calling calling;
    private final ApiKeys keys;

    KeyResource(Calling calling, ApiKeys keys) {
        this.calling = calling;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make an API key", description = "It is shown this once.")
    @APIResponse(
            responseCode = "201",
            description = "The key",
            content = @Content(schema = @Schema(implementation = KeyView.class)))
    public Uni<RestResponse<KeyView>> create(KeyRequest request, @Context RoutingContext call) {
        calling.requireKey(call, Permission.ADMIN);
        KeyRequest given = Bodies.require(request);
        if (given.name() == null) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'name' must be given.", "name");
        }
        Optional<UserId> user = Optional.ofNullable(given.user()).map(UserId::new);
        return keys.create(UserNames.require(given.name()), scopes(given.scopes()), user)
                .map(KeyResource::created);
    }

    @GET
    @Operation(summary = "List all API keys", description = "Without themselves, which nobody knows any more.")
    public Uni<KeyView.All> list(@Context RoutingContext call) {
        calling.requireKey(call, Permission.ADMIN);
        return keys.list()
                .map(all -> new KeyView.All(all.stream().map(KeyView::of).toList(), null));
    }

    @DELETE
    @Path("/{key}")
    @Operation(summary = "Take an API key away", description = "It is refused on every node within a second.")
    @APIResponse(responseCode = "204", description = "The key is not good any more")
    @APIResponse(
            responseCode = "404",
            description = "key_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Void> delete(@RestPath String key, @Context RoutingContext call) {
        calling.requireKey(call, Permission.ADMIN);
        return keys.delete(key);
    }

    private static Set<Scope> scopes(List<String> names) {
        return names == null ? Set.of() : names.stream().map(Scope::of).collect(Collectors.toSet());
    }

    private static RestResponse<KeyView> created(ApiKeys.Issued issued) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, KeyView.of(issued))
                .header(HttpHeaders.LOCATION, "/api/keys/" + issued.key().id())
                .build();
    }
}
