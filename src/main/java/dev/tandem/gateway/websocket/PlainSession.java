package dev.tandem.gateway.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.gateway.Client;
import dev.tandem.gateway.ClientCommand;
import dev.tandem.gateway.Door;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.LiveCallers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What is said over one plain WebSocket, and by whom. It begins with a caller, or with nobody, who must show a token first; a caller may
 * do so too, and is then whom the token names. Touched on the connection's event loop only.
 */
final class PlainSession {
    static final int UNAUTHENTICATED = 4401;
    static final int TOO_MANY_REQUESTS = 4429;

    /** Frames that may wait while a token is looked at; they come one after another, so there is no need for more. */
    private static final int MOST_WAITING = 64;

    private final Parts parts;
    private final Outbound outbound;
    private final Reading reading;
    private final String address;
    private final Context context;
    private final long deadline;
    private final Queue<JsonNode> waiting = new ArrayDeque<>();
    private Client client;
    private Runnable departure = () -> {};
    private boolean first = true;
    private boolean proving;
    private boolean closed;

    /** What all sessions have in common. */
    record Parts(
            Gateway gateway, Door door, Callers callers, LiveCallers live, Vertx vertx, PlainWebSocketConfig config) {}

    /** Begins with {@code caller}, or with nobody if that is null. */
    PlainSession(Parts parts, Outbound outbound, Reading reading, Context context, String address, Caller caller) {
        this.parts = parts;
        this.outbound = outbound;
        this.reading = reading;
        this.context = context;
        this.address = address;
        if (caller == null) {
            deadline = parts.vertx().setTimer(parts.config().authTimeout().toMillis(), timer -> onSilence());
        } else {
            deadline = -1;
            open(caller);
        }
    }

    /** Whether one frame more is heard. */
    boolean hears(String text) {
        return reading.hears(text.length());
    }

    /** A frame that is JSON has come. */
    void onFrame(JsonNode frame) {
        if (proving) {
            await(frame);
        } else if (isAuth(frame)) {
            onAuth(frame);
        } else if (client == null) {
            refuse(frame.get("ref"), TandemException.unauthenticated("Who is calling must be proved first."));
        } else {
            first = false;
            JsonNode ref = frame.get("ref");
            parts.gateway().submit(client, () -> command(frame), answer -> answer(ref, answer));
        }
    }

    /** Tells the client why it may not stay, and closes. */
    void refuse(JsonNode ref, TandemException why) {
        answer(ref, new ServerFrame.Failed(why));
        boolean tooMany = why.code() == ErrorCode.RATE_LIMITED;
        outbound.close(tooMany ? TOO_MANY_REQUESTS : UNAUTHENTICATED, why.code().wireName());
    }

    /** Answers a command; one without {@code ref} only if it failed. */
    void answer(JsonNode ref, ServerFrame frame) {
        if (ref == null && frame instanceof ServerFrame.Done) {
            return;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (ref != null) {
            answer.set("ref", ref);
        }
        answer.setAll(frame.answer());
        outbound.send(Frame.of(answer.toString()));
    }

    /** The connection is gone. */
    void onClose() {
        closed = true;
        waiting.clear();
        parts.vertx().cancelTimer(deadline);
        depart();
    }

    private static boolean isAuth(JsonNode frame) {
        return "auth".equals(frame.path("cmd").textValue());
    }

    private void onAuth(JsonNode frame) {
        JsonNode ref = frame.get("ref");
        if (!first) {
            TandemException late = new TandemException(ErrorCode.INVALID_COMMAND, "'auth' comes first or not at all.");
            answer(ref, new ServerFrame.Failed(late));
            return;
        }
        first = false;
        proving = true;
        prove(frame)
                .emitOn(task -> context.runOnContext(turn -> task.run()))
                .subscribe()
                .with(caller -> onProved(ref, caller), failure -> onRefused(ref, failure));
    }

    private Uni<Caller> prove(JsonNode frame) {
        String token = frame.path("token").textValue();
        if (token == null) {
            return Uni.createFrom().failure(TandemException.unauthenticated("'token' must be a text."));
        }
        return parts.callers()
                .resolve(Credentials.ofToken(token, frame.path("as").textValue(), address));
    }

    private void onProved(JsonNode ref, Caller caller) {
        if (closed) {
            return;
        }
        proving = false;
        parts.vertx().cancelTimer(deadline);
        depart();
        open(caller);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("user")
                .put("id", caller.user().id().value())
                .put("name", caller.user().name());
        answer(ref, new ServerFrame.Done(fields));
        while (!waiting.isEmpty()) {
            onFrame(waiting.poll());
        }
    }

    private void onRefused(JsonNode ref, Throwable failure) {
        if (!closed) {
            refuse(ref, TandemException.of(failure));
        }
    }

    private void await(JsonNode frame) {
        if (waiting.size() >= MOST_WAITING) {
            outbound.close(TOO_MANY_REQUESTS, "too many requests");
            return;
        }
        waiting.add(frame);
    }

    private void open(Caller caller) {
        client = parts.gateway().open(caller, parts.door(), context, new PlainConnection(outbound, reading));
        departure = parts.live().add(caller, () -> outbound.close(UNAUTHENTICATED, "unauthenticated"));
    }

    private void depart() {
        departure.run();
        departure = () -> {};
        if (client != null) {
            parts.gateway().close(client);
            client = null;
        }
    }

    private void onSilence() {
        refuse(null, TandemException.unauthenticated("Who is calling was not proved in time."));
    }

    private static ClientCommand command(JsonNode frame) {
        JsonNode name = frame.get("cmd");
        if (name == null || !name.isTextual()) {
            throw new TandemException(ErrorCode.INVALID_COMMAND, "A frame is one JSON object with a 'cmd'.", "cmd");
        }
        return ClientCommand.parse(name.textValue(), frame);
    }
}
