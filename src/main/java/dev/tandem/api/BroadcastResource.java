package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.EventName;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.limit.Operations;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.Publications;
import dev.tandem.session.Caller;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The same to many rooms: a message in each, or an event. */
@Path("/api/broadcast")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class BroadcastResource {
    private static final Logger LOG = Logger.getLogger(BroadcastResource.class);
    private static final int MOST_ROOMS = 100;
    /** Rooms that are told at once. */
    private static final int AT_ONCE = 16;

    private final Messages messages;
    private final Publications publications;
    private final Calling calling;
    private final CallLimits limits;

    BroadcastResource(Messages messages, Publications publications, Calling calling, CallLimits limits) {
        this.messages = messages;
        this.publications = publications;
        this.calling = calling;
        this.limits = limits;
    }

    /** Says it in one room. */
    private interface Saying {
        Uni<BroadcastView.Result> in(RoomId room);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say something in many rooms",
            description =
                    "A message with 'text', or an event with 'event'. What becomes of it in one room is no matter to others.")
    @APIResponse(
            responseCode = "200",
            description = "What became of it, room by room",
            content = @Content(schema = @Schema(implementation = BroadcastView.class)))
    public Uni<BroadcastView> broadcast(BroadcastRequest request, @Context RoutingContext call) {
        calling.require(call, Permission.PUBLISH);
        BroadcastRequest given = Bodies.require(request);
        List<String> rooms = requireRooms(given.rooms());
        if (given.text() == null == (given.event() == null)) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "Either 'text' or 'event' must be given.", "text");
        }
        return calling.anybody(call)
                .map(caller -> given.event() == null ? posting(given, caller, call) : publishing(given, caller, call))
                .chain(saying -> all(rooms, saying));
    }

    private static List<String> requireRooms(List<String> rooms) {
        if (rooms == null || rooms.isEmpty() || rooms.size() > MOST_ROOMS) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'rooms' must be 1 to " + MOST_ROOMS + " ids of rooms.", "rooms");
        }
        return rooms;
    }

    private Saying posting(BroadcastRequest given, Caller caller, RoutingContext call) {
        Optional<MessageId> id = Optional.ofNullable(given.id()).map(MessageId::new);
        return room -> limits.require(call, Operations.POST)
                .chain(() -> messages.post(
                        new MessageDraft(room, caller.user(), id, given.text(), given.data()), caller.isOperator()))
                .map(posted -> BroadcastView.Result.of(room.value(), posted));
    }

    private Saying publishing(BroadcastRequest given, Caller caller, RoutingContext call) {
        EventName name = given.event().requireName();
        return room -> limits.require(call, Operations.PUBLISH)
                .chain(() -> publications.publish(
                        room, caller.user(), name, given.event().data(), caller.isOperator()))
                .map(at -> BroadcastView.Result.of(room.value(), at));
    }

    private static Uni<BroadcastView> all(List<String> rooms, Saying saying) {
        BroadcastView.Result[] results = new BroadcastView.Result[rooms.size()];
        return Multi.createFrom()
                .iterable(IntStream.range(0, rooms.size()).boxed().toList())
                .onItem()
                .transformToUni(i -> one(rooms.get(i), saying).invoke(result -> results[i] = result))
                .merge(AT_ONCE)
                .collect()
                .last()
                .map(done -> new BroadcastView(Arrays.asList(results)));
    }

    private static Uni<BroadcastView.Result> one(String room, Saying saying) {
        return Uni.createFrom()
                .deferred(() -> saying.in(new RoomId(room)))
                .onFailure()
                .recoverWithItem(failure -> BroadcastView.Result.of(room, told(failure)));
    }

    private static TandemException told(Throwable failure) {
        TandemException told = TandemException.of(failure);
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.error("A room could not be told for a reason that nobody foresaw", failure);
        }
        return told;
    }
}
