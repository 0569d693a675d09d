package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.presence.Members;
import dev.tandem.presence.Presence;
import dev.tandem.room.Page;
import dev.tandem.room.Room;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import dev.tandem.session.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
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
import org.jboss.resteasy.reactive.RestResponse;

/** Rooms, and who is in them. */
@Path("/api/rooms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rooms")
public class RoomResource {
    private final Rooms rooms;
    private final Presence presence;
    private final Calling calling;

    RoomResource(Rooms rooms, Presence presence, Calling calling) {
        this.rooms = rooms;
        this.presence = presence;
        this.calling = calling;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create a room")
    @APIResponse(
            responseCode = "201",
            description = "The room",
            content = @Content(schema = @Schema(implementation = Room.class)))
    @APIResponse(
            responseCode = "409",
            description = "room_exists",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<Room>> create(@Valid RoomRequest request, @Context RoutingContext call) {
        calling.require(call, Scope.PUBLISH);
        return rooms.create(draft(Bodies.require(request))).map(RoomResource::created);
    }

    @GET
    @Operation(summary = "List public rooms", description = "In the order of their ids.")
    public Uni<Page<Room>> list(
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    String limit,
            @RestQuery @Parameter(description = "'next' of the page before") String cursor) {
        String after = cursor == null ? null : id(cursor, "cursor").value();
        return rooms.list(after, QueryNumbers.limit(limit));
    }

    @GET
    @Path("/{room}")
    @Operation(summary = "Get a room")
    @APIResponse(
            responseCode = "200",
            description = "The room",
            content = @Content(schema = @Schema(implementation = Room.class)))
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Room> get(@RestPath String room) {
        return rooms.get(new RoomId(room));
    }

    @DELETE
    @Path("/{room}")
    @Operation(summary = "Delete a room and all that was said in it")
    @APIResponse(responseCode = "204", description = "The room is gone")
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Void> delete(@RestPath String room, @Context RoutingContext call) {
        calling.require(call, Scope.MODERATE);
        return rooms.delete(new RoomId(room));
    }

    @GET
    @Path("/{room}/members")
    @Operation(summary = "Who is in a room", description = "Longest present first; 'count' counts everybody.")
    public Uni<Members> members(
            @RestPath String room,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    String limit) {
        int most = limit == null ? QueryNumbers.MOST : QueryNumbers.limit(limit);
        return presence.members(new RoomId(room), most);
    }

    private static RoomDraft draft(RoomRequest request) {
        RoomId id = request.id() == null ? RoomId.random() : id(request.id(), "id");
        return new RoomDraft(
                id,
                request.name() == null ? id.value() : request.name(),
                Boolean.TRUE.equals(request.isPrivate()),
                Optional.ofNullable(request.emptyTtl()).map(Duration::ofSeconds));
    }

    /** A room's id where the field is not called {@code room}. */
    private static RoomId id(String given, String field) {
        try {
            return new RoomId(given);
        } catch (TandemException invalid) {
            String message = invalid.getMessage().replace("'room'", "'" + field + "'");
            throw new TandemException(ErrorCode.INVALID_FIELD, message, field);
        }
    }

    private static RestResponse<Room> created(Room room) {
        return RestResponse.ResponseBuilder.<Room>created(URI.create("/api/rooms/" + room.id()))
                .entity(room)
                .build();
    }
}
