package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.gateway.Client;
import dev.tandem.gateway.ClientCommand;
import dev.tandem.gateway.Door;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.id.UserRef;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.Namespace;
import dev.tandem.socketio.Socket;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rooms as a Socket.IO namespace: {@code emit(command, {fields}, ack)}; the ack gets one object. A command without ack is
 * carried out all the same.
 */
@Singleton
class RoomsNamespace implements Namespace, Door {
    private final String name;
    private final Gateway gateway;

    RoomsNamespace(SocketIoDoorConfig config, Gateway gateway) {
        this.name = config.namespace();
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return "socketio";
    }

    @Override
    public Frame encode(ServerFrame.Event event) {
        return Socket.event(name, event.name(), event.json());
    }

    @Override
    public void onConnect(Socket socket) {
        UserRef user = (UserRef) socket.handshake().identity();
        socket.data(gateway.open(user, this, socket.context(), socket::send));
    }

    @Override
    public void onEvent(Socket socket, String event, List<JsonNode> arguments, Consumer<String> ack) {
        JsonNode fields = arguments.isEmpty() ? null : arguments.get(0);
        gateway.submit((Client) socket.data(), () -> ClientCommand.parse(event, fields), frame -> answer(ack, frame));
    }

    @Override
    public void onDisconnect(Socket socket, String reason) {
        gateway.close((Client) socket.data());
    }

    private static void answer(Consumer<String> ack, ServerFrame frame) {
        if (ack != null) {
            ack.accept("[" + frame.answer() + "]");
        }
    }
}
