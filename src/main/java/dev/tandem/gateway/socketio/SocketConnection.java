package dev.tandem.gateway.socketio;

import dev.tandem.gateway.Connection;
import dev.tandem.id.RoomId;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.socketio.Socket;

/**
 * A client's socket. It is in the Socket.IO room named like each room that the client is in, so that others who speak Socket.IO
 * reach the room's members by its id; what happens in the room itself does not take that way.
 */
final class SocketConnection implements Connection {
    private final Socket socket;

    SocketConnection(Socket socket) {
        this.socket = socket;
    }

    @Override
    public Outbound outbound() {
        return socket.outbound();
    }

    @Override
    public boolean isOpen() {
        return socket.isConnected();
    }

    @Override
    public void send(Frame frame) {
        socket.send(frame);
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    @Override
    public void putOut() {
        socket.disconnect(true);
    }

    @Override
    public void onJoined(RoomId room) {
        socket.join(room.value());
    }

    @Override
    public void onLeft(RoomId room) {
        socket.leave(room.value());
    }
}
