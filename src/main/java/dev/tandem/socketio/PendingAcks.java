package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.socketio.adapter.AckListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The acks that one socket's client owes; bounded. From any thread; nobody is called back under the lock. */
final class PendingAcks {
    private final int most;
    /** Most sockets owe none. */
    private Map<Long, AckListener> listeners = Map.of();

    private boolean closed;

    PendingAcks(int most) {
        this.most = most;
    }

    /** False, and nothing is waited for, if too many are owed already or the client is gone. */
    synchronized boolean expect(long id, AckListener listener) {
        if (closed || listeners.size() >= most) {
            return false;
        }
        if (listeners.isEmpty()) {
            listeners = new HashMap<>();
        }
        listeners.put(id, listener);
        return true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized AckListener take(long id) {
        AckListener listener = listeners.isEmpty() ? null : listeners.remove(id);
        if (listeners.isEmpty()) {
            listeners = Map.of();
        }
        return listener;
    }

    /** An ack that nobody waits for is ignored. */
    void onAck(long id, List<JsonNode> arguments) {
        AckListener listener = take(id);
        if (listener != null) {
            listener.onAck(arguments);
        }
    }

    void close() {
        List<AckListener> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(listeners.values());
            listeners = Map.of();
        }
        left.forEach(AckListener::onGone);
    }
}
