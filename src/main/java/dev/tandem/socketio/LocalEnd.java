package dev.tandem.socketio;

import dev.tandem.engineio.EngineIoSession;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.adapter.AckListener;
import dev.tandem.socketio.adapter.LocalSocket;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.SocketDetails;

/** A socket as its namespace's adapter sees it: nothing that authors need. From any thread. */
final class LocalEnd implements LocalSocket {
    private final Socket socket;
    private final EngineIoSession session;
    private final Trail trail;
    private final int maxPendingAcks;
    /** Null as long as none was ever waited for. */
    private PendingAcks acks;

    LocalEnd(Socket socket, EngineIoSession session, int maxPendingAcks, Trail trail) {
        this.socket = socket;
        this.session = session;
        this.trail = trail;
        this.maxPendingAcks = maxPendingAcks;
    }

    synchronized PendingAcks acks() {
        if (acks == null) {
            acks = new PendingAcks(maxPendingAcks);
        }
        return acks;
    }

    /** Null if the socket cannot be recovered by its namespace's log. */
    Trail trail() {
        return trail;
    }

    boolean isHolding() {
        return trail != null && trail.isHolding();
    }

    @Override
    public String id() {
        return socket.id();
    }

    @Override
    public void send(Frame frame) {
        if (socket.isConnected()) {
            session.send(frame);
        }
    }

    @Override
    public void send(Frame frame, LogPlace place) {
        if (trail == null) {
            send(frame);
        } else if (trail.isHolding() || socket.isConnected()) {
            trail.send(frame, place, session::send);
        }
    }

    @Override
    public void onGap() {
        if (trail != null) {
            trail.onGap();
        }
    }

    @Override
    public void sendVolatile(Frame frame) {
        if (socket.isConnected()) {
            session.sendVolatile(frame);
        }
    }

    @Override
    public boolean expectAck(long ackId, AckListener listener) {
        return acks().expect(ackId, listener);
    }

    @Override
    public void forgetAck(long ackId) {
        acks().take(ackId);
    }

    @Override
    public void disconnect(boolean close) {
        socket.disconnect(close);
    }

    @Override
    public SocketDetails details() {
        return new SocketDetails(socket.id(), socket.handshake().toJson(), socket.rooms(), socket.data());
    }
}
