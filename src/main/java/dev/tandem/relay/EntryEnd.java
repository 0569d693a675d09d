package dev.tandem.relay;

import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.RemoteSessions;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.outbound.Outbounds;
import dev.tandem.relay.RelayMessage.Abort;
import dev.tandem.relay.RelayMessage.Answered;
import dev.tandem.relay.RelayMessage.Close;
import dev.tandem.relay.RelayMessage.Gone;
import dev.tandem.relay.RelayMessage.Heard;
import dev.tandem.relay.RelayMessage.Left;
import dev.tandem.relay.RelayMessage.Opened;
import dev.tandem.relay.RelayMessage.Release;
import dev.tandem.relay.RelayMessage.Say;
import dev.tandem.relay.RelayMessage.ToEntry;
import dev.tandem.relay.RelayMessage.ToOwner;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Requests and sockets that came in here for sessions of one other node. Every request is answered, every socket closed, whatever
 * happens to that node or to the way there. On the pair's event loop; the numbers of both may be read from any thread.
 */
final class EntryEnd {
    private final Link link;
    private final Outbounds outbounds;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<Long, RelayedSocket> sockets = new ConcurrentHashMap<>();
    private boolean draining;

    /** A request to be answered, until {@code deadline}; {@code onOpened} for one that is to become a WebSocket. */
    private record Waiting(PollingExchange exchange, long deadline, Runnable onOpened) {}

    EntryEnd(Link link, Outbounds outbounds) {
        this.link = link;
        this.outbounds = outbounds;
    }

    int requests() {
        return waiting.size();
    }

    int sockets() {
        return sockets.size();
    }

    /** Passes on a GET or a POST. */
    void ask(ToOwner request, PollingExchange exchange, long deadline) {
        waiting.put(request.id(), new Waiting(exchange, deadline, () -> {}));
        link.say(request);
    }

    /** Asks for a WebSocket that is read and heard on {@code context}. */
    void ask(
            RelayMessage.Open request,
            PollingExchange exchange,
            long deadline,
            Context context,
            Consumer<RemoteSessions.Upgrade> accepted) {
        long id = request.id();
        RelayedSocket socket = new RelayedSocket(id, link, context, outbounds, () -> sockets.remove(id));
        Runnable onOpened = () -> {
            sockets.put(id, socket);
            if (draining) {
                sendAway(socket);
            }
            context.runOnContext(ignored -> accepted.accept(socket));
        };
        waiting.put(id, new Waiting(exchange, deadline, onOpened));
        link.say(request);
    }

    /** What was read of a POST's body, unless the POST is answered already. */
    void onBody(RelayMessage.Body body) {
        if (waiting.containsKey(body.id())) {
            link.say(body);
        }
    }

    /** The client went away. */
    void abort(long id) {
        if (waiting.remove(id) != null) {
            link.say(new Abort(id));
        }
    }

    /** Gives up what has waited too long. */
    void expire(long now) {
        waiting.forEach((id, request) -> {
            if (request.deadline() - now < 0) {
                abort(id);
                request.exchange().refuse(RequestError.SESSION_ID_UNKNOWN);
            }
        });
    }

    void on(ToEntry message) {
        if (message instanceof Say say) {
            say.ids().forEach(id -> with(id, socket -> socket.send(say.frame())));
        } else if (message instanceof Answered answered) {
            onAnswered(answered);
        } else if (message instanceof Heard heard) {
            with(heard.id(), socket -> socket.onHeard(heard.size()));
        } else if (message instanceof Opened opened) {
            onOpened(opened.id());
        } else if (message instanceof Close close) {
            with(close.id(), socket -> socket.close(close.code(), close.reason()));
        }
    }

    /** What waits for the other node waits in vain. */
    void breakOff() {
        List<Waiting> requests = List.copyOf(waiting.values());
        List<RelayedSocket> open = List.copyOf(sockets.values());
        waiting.clear();
        sockets.clear();
        requests.forEach(request -> request.exchange().refuse(RequestError.SESSION_ID_UNKNOWN));
        open.forEach(EntryEnd::sendAway);
    }

    /** This node stops: sockets are told to come back, and GETs are answered as soon as may be. */
    void drain() {
        draining = true;
        sockets.values().forEach(EntryEnd::sendAway);
        waiting.keySet().forEach(id -> link.say(new Release(id)));
    }

    /** A code that says "come back", which clients do; some take no notice of others until a heartbeat is missing. */
    private static void sendAway(RelayedSocket socket) {
        socket.close(CloseReason.SERVER_SHUTTING_DOWN.code(), "come back");
    }

    private void onAnswered(Answered answered) {
        long id = answered.id();
        Waiting request = waiting.remove(id);
        if (request == null) {
            link.say(new Left(id, false));
        } else {
            request.exchange().answer(answered.answer()).onComplete(left -> link.say(new Left(id, left.succeeded())));
        }
    }

    private void onOpened(long id) {
        Waiting request = waiting.remove(id);
        if (request == null) {
            link.say(new Gone(id));
        } else {
            request.onOpened().run();
        }
    }

    private void with(long id, Consumer<RelayedSocket> action) {
        RelayedSocket socket = sockets.get(id);
        if (socket != null) {
            action.accept(socket);
        }
    }
}
