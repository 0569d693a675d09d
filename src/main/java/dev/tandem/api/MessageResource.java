package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.message.Histories;
import dev.tandem.message.History;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.message.Reactions;
import dev.tandem.room.Actor;
import dev.tandem.room.Rooms;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final Histories histories;
    private final Rooms rooms;
    private final Reactions reactions;
    private final Calling calling;
    private final Actors actors;

    MessageResource(
            Messages messages, Histories histories, Reactions reactions, Rooms rooms, Calling calling, Actors actors) {
        this.messages = messages;
        this.histories = histories;
        this.reactions = reactions;
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
        calling.require(call, Permission.PUBLISH);
        RoomId id = new RoomId(room);
        MessageRequest given = Bodies.require(request);
        Optional<MessageId> messageId = Optional.ofNullable(given.id()).map(MessageId::new);
        List<UserId> mentions = given.mentioned();
        return calling.anybody(call)
                .chain(caller -> messages.post(
                        new MessageDraft(
                                id,
                                caller.user(),
                                messageId,
                                given.text(),
                                given.data(),
                                Optional.ofNullable(given.replyTo()),
                                mentions),
                        caller.isOperator()))
                .map(MessageResource::answer);
    }

    @GET
    @Operation(
            summary = "Read a room's history",
            description =
                    "The messages after a number, the last ones before a number, or those around one; the newest if none is"
                            + " given. As they are now: of removed ones the tombstones.")
    @APIResponse(
            responseCode = "200",
            description = "Messages, ascending by number",
            content = @Content(schema = @Schema(implementation = HistoryView.class)))
    @APIResponse(
            responseCode = "403",
            description = "banned, not_a_member",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Uni<String> read(
            @RestPath String room,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String after,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String before,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0")) String around,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    String limit,
            @RestQuery
                    @Parameter(
                            description = "Whether each message has its reactions",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String reactions,
            @Context RoutingContext call) {
        RoomId id = new RoomId(room);
        boolean withReactions = QueryNumbers.flag("reactions", reactions);
        Uni<History> history = history(id, after, before, around, QueryNumbers.limit(limit));
        return actors.of(call)
                .chain(actor -> Uni.combine()
                        .all()
                        .unis(rooms.requireReader(actor, id), history)
                        .with((may, read) -> read)
                        .chain(read -> items(actor, id, read, withReactions).map(items -> json(read, items))));
    }

    private Uni<History> history(RoomId room, String after, String before, String around, int limit) {
        Optional<Long> first = QueryNumbers.seq("after", after);
        Optional<Long> last = QueryNumbers.seq("before", before);
        Optional<Long> middle = QueryNumbers.seq("around", around);
        if (Stream.of(first, last, middle).filter(Optional::isPresent).count() > 1) {
            String field = middle.isPresent() ? "around" : "before";
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'after', 'before' and 'around' exclude each other.", field);
        } else if (middle.isPresent()) {
            return histories.around(room, middle.get(), limit);
        }
        return first.isPresent() ? histories.after(room, first.get(), limit) : histories.before(room, last, limit);
    }

    private Uni<List<String>> items(Actor actor, RoomId room, History history, boolean withReactions) {
        return withReactions
                ? reactions.with(actor, room, history)
                : Uni.createFrom().item(history.items());
    }

    private static RestResponse<String> answer(PostedMessage message) {
        RestResponse.ResponseBuilder<String> answer =
                RestResponse.ResponseBuilder.create(message.isRepeat() ? 200 : 201);
        return answer.entity(message.json())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static String json(History history, List<String> items) {
        return "{\"items\":[%s],\"seq\":%d,\"epoch\":\"%s\"}"
                .formatted(String.join(",", items), history.seq(), history.epoch());
    }
}
