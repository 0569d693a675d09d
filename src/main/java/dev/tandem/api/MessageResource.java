package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.message.History;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.room.Rooms;
import dev.tandem.session.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
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

/** What is said in a room. Messages go out as they stand in Redis, without being read. */
@Path("/api/rooms/{room}/messages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages")
public class MessageResource {
    private final Messages messages;
    private final Rooms rooms;
    private final Calling calling;
    private final Actors actors;

    MessageResource(Messages messages, Rooms rooms, Calling calling, Actors actors) {
        this.messages = messages;
        this.rooms = rooms;
        this.calling = calling;
        this.actors = actors;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Post a message",
            description =
                    "As whoever is calling; who shows nothing is a new guest, and gets the cookie. Answered when Redis has it.")
    @APIResponse(
            responseCode = "201",
            description = "The message",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The first message with this id",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "404",
            description = "room_not_found",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<String>> post(@RestPath String room, MessageRequest request, @Context RoutingContext call) {
        calling.require(call, Scope.PUBLISH);
        RoomId id = new RoomId(room);
        MessageRequest given = Bodies.require(request);
        Optional<MessageId> messageId = Optional.ofNullable(given.id()).map(MessageId::new);
        return calling.anybody(call)
                .chain(caller -> messages.post(
                        new MessageDraft(id, caller.user(), messageId, given.text(), given.data()),
                        caller.isOperator()))
                .map(MessageResource::answer);
    }

    @GET
    @Operation(
            summary = "Read a room's history",
            description =
                    "The messages after a number, or the last ones before a number; the newest if neither is given.")
    @APIResponse(
            responseCode = "200",
            description = "Messages, ascending by number",
            content = @Content(schema = @Schema(implementation = HistoryView.class)))
    public Uni<String> read(
            @RestPath String room,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String after,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String before,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    String limit,
            @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        int most = QueryNumbers.limit(limit);
        Optional<Long> first = QueryNumbers.seq("after", after);
        Optional<Long> last = QueryNumbers.seq("before", before);
        if (first.isPresent() && last.isPresent()) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'after' and 'before' exclude each other.", "before");
        }
        Uni<History> history =
                first.isPresent() ? messages.after(id, first.get(), most) : messages.before(id, last, most);
        return actors.of(call)
                .chain(actor -> Uni.combine()
                        .all()
                        .unis(rooms.requireReader(actor, id), history)
                        .with((may, read) -> json(read)));
    }

    private static RestResponse<String> answer(PostedMessage message) {
        RestResponse.ResponseBuilder<String> answer =
                RestResponse.ResponseBuilder.create(message.isRepeat() ? 200 : 201);
        return answer.entity(message.json())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static String json(History history) {
        return "{\"items\":[%s],\"seq\":%d,\"epoch\":\"%s\"}"
                .formatted(String.join(",", history.items()), history.seq(), history.epoch());
    }
}
