package dev.tandem.relay;

import dev.tandem.engineio.EngineIoSession;
import dev.tandem.engineio.SessionRegistry;
import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.relay.RelayMessage.Abort;
import dev.tandem.relay.RelayMessage.Answered;
import dev.tandem.relay.RelayMessage.Body;
import dev.tandem.relay.RelayMessage.Complained;
import dev.tandem.relay.RelayMessage.Gone;
import dev.tandem.relay.RelayMessage.Left;
import dev.tandem.relay.RelayMessage.Open;
import dev.tandem.relay.RelayMessage.Opened;
import dev.tandem.relay.RelayMessage.Poll;
import dev.tandem.relay.RelayMessage.Post;
import dev.tandem.relay.RelayMessage.Release;
import dev.tandem.relay.RelayMessage.Said;
import dev.tandem.relay.RelayMessage.Taken;
import dev.tandem.relay.RelayMessage.ToOwner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What one other node asks of this node's sessions for clients that came in there. The sessions do not see a difference to clients of
 * this node. On the pair's event loop.
 */
final class OwnerEnd {
    private final Link link;
    private final SessionRegistry sessions;
    private final Map<Long, RelayedExchange> exchanges = new HashMap<>();
    private final Map<Long, RelayedTransport> sockets = new HashMap<>();

    OwnerEnd(Link link, SessionRegistry sessions) {
        this.link = link;
        this.sessions = sessions;
    }

    void on(ToOwner message) {
        if (message instanceof Said said) {
            socket(said.id(), socket -> socket.onSaid(said.frame()));
        } else if (message instanceof Taken taken) {
            socket(taken.id(), socket -> socket.onTaken(taken.frames()));
        } else if (message instanceof Complained complained) {
            socket(complained.id(), socket -> socket.onComplaint(complained.fault()));
        } else if (message instanceof Gone gone) {
            socket(gone.id(), RelayedTransport::onGone);
            sockets.remove(gone.id());
        } else if (message instanceof Open open) {
            open(open);
        } else {
            onRequest(message);
        }
    }

    /** The clients that came in at the other node are gone, as far as this node can know. */
    void breakOff() {
        List<RelayedExchange> asked = List.copyOf(exchanges.values());
        List<RelayedTransport> open = List.copyOf(sockets.values());
        exchanges.clear();
        sockets.clear();
        asked.forEach(RelayedExchange::abort);
        open.forEach(RelayedTransport::onGone);
    }

    private void onRequest(ToOwner message) {
        if (message instanceof Poll poll) {
            exchange(poll.id(), poll.sid(), EngineIoSession::poll);
        } else if (message instanceof Post post) {
            exchange(post.id(), post.sid(), (session, asked) -> session.post(asked, post.contentType(), asked.body()));
        } else if (message instanceof Body body) {
            asked(body.id(), exchange -> exchange.onBody(body));
        } else if (message instanceof Left left) {
            finish(left.id(), exchange -> exchange.onLeft(left.left()));
        } else if (message instanceof Abort abort) {
            finish(abort.id(), RelayedExchange::abort);
        } else if (message instanceof Release release) {
            asked(release.id(), RelayedExchange::release);
        }
    }

    private void exchange(long id, String sid, BiConsumer<EngineIoSession, RelayedExchange> request) {
        sessions.find(sid)
                .ifPresentOrElse(
                        session -> {
                            RelayedExchange exchange = new RelayedExchange(id, link, session);
                            exchanges.put(id, exchange);
                            request.accept(session, exchange);
                        },
                        () -> refuse(id));
    }

    private void open(Open open) {
        sessions.find(open.sid())
                .ifPresentOrElse(
                        session -> {
                            RelayedTransport socket = new RelayedTransport(open.id(), link, session.context());
                            sockets.put(open.id(), socket);
                            link.say(new Opened(open.id()));
                            session.upgrade(socket);
                        },
                        () -> refuse(open.id()));
    }

    private void refuse(long id) {
        link.say(new Answered(id, PollingAnswer.refused(RequestError.SESSION_ID_UNKNOWN)));
    }

    private void finish(long id, Consumer<RelayedExchange> action) {
        asked(id, action);
        exchanges.remove(id);
    }

    private void asked(long id, Consumer<RelayedExchange> action) {
        RelayedExchange exchange = exchanges.get(id);
        if (exchange != null) {
            action.accept(exchange);
        }
    }

    private void socket(long id, Consumer<RelayedTransport> action) {
        RelayedTransport socket = sockets.get(id);
        if (socket != null) {
            action.accept(socket);
        }
    }
}
