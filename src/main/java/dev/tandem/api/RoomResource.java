package dev.tandem.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.presence.Members;
import dev.tandem.presence.Presence;
import dev.tandem.room.Page;
import dev.tandem.room.Room;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import dev.tandem.room.Settings;
import dev.tandem.room.SettingsChange;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Rooms, and who is in them. */
@Path("/api/rooms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rooms")
public class RoomResource {
    private final Rooms rooms;
    private final Settings settings;
    private final Presence presence;
    private final Calling calling;
    private final Actors actors;
    private final ObjectMapper mapper;

    RoomResource(
            Rooms rooms, Settings settings, Presence presence, Calling calling, Actors actors, ObjectMapper mapper) {
        this.rooms = rooms;
        this.settings = settings;
        this.presence = presence;
        this.calling = calling;
        this.actors = actors;
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create a room",
            description =
                    "It is the caller's, where a session cookie says who that is; else it is nobody's, and anybody may manage it.")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "lobby",
                                            value =
                                                    "{\"id\": \"lobby\", \"topic\": \"Welcome\", \"capacity\": 50, \"slowMode\": 5}")))
    @APIResponse(
            responseCode = "201",
            description = "The room",
            content = @Content(schema = @Schema(implementation = Room.class)))
    @APIResponse(
            responseCode = "409",
            description = "room_exists",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<Room>> create(@Valid RoomRequest request, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        RoomDraft draft = draft(Bodies.require(request));
        return actors.of(call).chain(actor -> rooms.create(actor, draft)).map(RoomResource::created);
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
    public Uni<RestResponse<Room>> get(@RestPath String room, @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        return actors.of(call).chain(actor -> rooms.view(actor, id)).map(RoomResource::shown);
    }

    @PATCH
    @Path("/{room}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Change a room's settings",
            description =
                    "What is given is changed, what is null is taken away. Moderators may change topic, slowMode and locked.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = RoomRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "lock, without topic",
                                            value = "{\"locked\": true, \"topic\": null}")))
    @APIResponse(
            responseCode = "200",
            description = "The room; its ETag is the version of the settings",
            content = @Content(schema = @Schema(implementation = Room.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "412",
            description = "version_conflict",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<Room>> update(
            @RestPath String room,
            ObjectNode change,
            @RestHeader(HttpHeaders.IF_MATCH) String ifMatch,
            @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        SettingsChange wanted = settings.read(Bodies.require(change));
        Optional<Long> version = Versions.of(ifMatch);
        return actors.keepingOrder(call)
                .chain(actor -> rooms.update(actor, id, version, wanted))
                .map(RoomResource::shown);
    }

    @DELETE
    @Path("/{room}")
    @Operation(summary = "Delete a room and all that was said in it")
    @APIResponse(responseCode = "204", description = "The room is gone")
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "412",
            description = "version_conflict",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<Void> delete(
            @RestPath String room, @RestHeader(HttpHeaders.IF_MATCH) String ifMatch, @Context RoutingContext call) {
        calling.require(call, Permission.MODERATE);
        RoomId id = new RoomId(room);
        Optional<Long> version = Versions.of(ifMatch);
        return actors.of(call).chain(actor -> rooms.delete(actor, id, version));
    }

    @GET
    @Path("/{room}/members")
    @Operation(summary = "Who is in a room", description = "Longest present first; 'count' counts everybody.")
    public Uni<Members> members(
            @RestPath String room,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    String limit,
            @RestQuery @Parameter(description = "'next' of the page before") String cursor,
            @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        int most = limit == null ? QueryNumbers.MOST : QueryNumbers.limit(limit);
        return actors.of(call)
                .chain(actor -> Uni.combine()
                        .all()
                        .unis(rooms.requireReader(actor, id), presence.members(id, most, Optional.ofNullable(cursor)))
                        .with((may, members) -> members));
    }

    private RoomDraft draft(RoomRequest request) {
        RoomId id = request.id() == null ? RoomId.random() : id(request.id(), "id");
        return new RoomDraft(id, settings.readNew(mapper.valueToTree(request)));
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
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, room)
                .header(HttpHeaders.LOCATION, "/api/rooms/" + room.id())
                .header(HttpHeaders.ETAG, Versions.tag(room.version()))
                .build();
    }

    private static RestResponse<Room> shown(Room room) {
        return RestResponse.ResponseBuilder.ok(room)
                .header(HttpHeaders.ETAG, Versions.tag(room.version()))
                .build();
    }
}
