package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.engineio.CloseReason;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.gateway.Client;
import dev.tandem.gateway.ClientCommand;
import dev.tandem.gateway.Door;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.Event;
import dev.tandem.socketio.Middleware;
import dev.tandem.socketio.NamespaceHandler;
import dev.tandem.socketio.NamespaceSelector;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.Socket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rooms as a Socket.IO namespace: {@code emit(command, {fields}, ack)}; the ack gets one object. A command without ack is
 * carried out all the same.
 */
@Singleton
class RoomsNamespace implements NamespaceHandler, Door {
    private final String name;
    private final Gateway gateway;
    private final RoomsRecovery recovery;
    private final SocketIdentity identity;

    RoomsNamespace(SocketIoDoorConfig config, Gateway gateway, RoomsRecovery recovery, SocketIdentity identity) {
        this.name = config.namespace();
        this.gateway = gateway;
        this.recovery = recovery;
        this.identity = identity;
    }

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.named(name);
    }

    @Override
    public List<Middleware> middleware() {
        return List.of(identity::prove);
    }

    @Override
    public String label() {
        return "socketio";
    }

    @Override
    public boolean recovers() {
        return recovery.isOn();
    }

    @Override
    public SessionRecovery recovery() {
        return recovery;
    }

    @Override
    public Frame encode(ServerFrame.Event event) {
        return event.place() != null && recovers()
                ? Socket.event(name, event.name(), event.json(), event.place().text())
                : Socket.event(name, event.name(), event.json());
    }

    @Override
    public Uni<Void> onConnect(Socket socket) {
        SocketConnection connection = new SocketConnection(socket);
        SocketIdentity.Entered entered = identity.enter(socket);
        if (entered.returned() != null) {
            RoomsRecovery.Returned returned = entered.returned();
            Gateway.Comeback who =
                    new Gateway.Comeback(entered.caller(), returned.status(), returned.places(), returned.watches());
            Runnable away = () -> socket.close(CloseReason.TRANSPORT_CLOSE);
            socket.attach(gateway.resume(who, this, socket.context(), connection, away));
        } else {
            socket.attach(gateway.open(entered.caller(), this, socket.context(), connection));
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onEvent(Socket socket, Event event) {
        Client client = (Client) socket.attachment();
        gateway.submit(client, () -> command(event), answerTo(event));
        return null;
    }

    @Override
    public Uni<Void> onDisconnect(Socket socket, String reason) {
        identity.leave(socket);
        gateway.close((Client) socket.attachment());
        return Uni.createFrom().voidItem();
    }

    /** What is to become of the answer: where none is wanted, nothing, and the event need not be kept for it. */
    private static Consumer<ServerFrame> answerTo(Event event) {
        return event.wantsAck() ? frame -> event.ack(frame.answer()) : frame -> {};
    }

    private static ClientCommand command(Event event) {
        if (event.isBinary()) {
            throw new TandemException(ErrorCode.INVALID_COMMAND, "A command's fields are JSON, without attachments.");
        }
        JsonNode fields = event.arguments().isEmpty() ? null : event.argument(0);
        return ClientCommand.parse(event.name(), fields);
    }
}
