package dev.tandem.engineio;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** In place of Socket.IO, sends every message back; tests get at the sessions themselves. */
@Alternative
@Singleton
public class EchoListener implements EngineIoListener {
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, CloseReason> closed = new ConcurrentHashMap<>();

    EngineIoSession session(String sid) {
        return sessions.get(sid);
    }

    /** Lets the session's client wait. */
    void pause(String sid) {
        onLoop(sid, EngineIoSession::pause);
    }

    void resume(String sid) {
        onLoop(sid, EngineIoSession::resume);
    }

    private void onLoop(String sid, Consumer<EngineIoSession> what) {
        EngineIoSession session = session(sid);
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.context().runOnContext(turn -> {
            what.accept(session);
            done.complete(null);
        });
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Null while the session is open. */
    CloseReason closed(String sid) {
        return closed.get(sid);
    }

    @Override
    public SessionListener onOpen(EngineIoSession session) {
        sessions.put(session.sid(), session);
        return new Echo(session);
    }

    private final class Echo implements SessionListener {
        private final EngineIoSession session;

        Echo(EngineIoSession session) {
            this.session = session;
        }

        @Override
        public void onMessage(String data) {
            session.send(EngineIoSession.message(data));
        }

        @Override
        public void onMessage(byte[] data) {
            session.send(EngineIoSession.message(data));
        }

        @Override
        public void onClose(CloseReason reason) {
            if (closed.put(session.sid(), reason) != null) {
                throw new IllegalStateException("closed twice");
            }
        }
    }
}
