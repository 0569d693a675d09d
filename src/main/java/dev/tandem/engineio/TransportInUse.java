package dev.tandem.engineio;

import dev.tandem.engineio.SessionState.ByPolling;
import dev.tandem.engineio.SessionState.OnWebSocket;
import dev.tandem.engineio.SessionState.Polling;
import dev.tandem.engineio.SessionState.Probing;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where a session's frames go, and its packets come from: the transport of the moment, and the change from long-polling to a
 * WebSocket. On the session's event loop; {@link #isWritable} and {@link #isPolling} from any thread.
 */
final class TransportInUse implements Wire {

    /** Hears what the client says, on whatever transport, and how the last of them ends. */
    interface Owner extends Transport.Listener {
        /** What is written from now on takes that way. */
        void onWay(Wire shortest);

        /** This side closes the transport, with that code; what is closed is to {@link #stay}, or the socket it moved to would stay open. */
        void onClosing(int code);

        /** The last packets by long-polling did not arrive, although the client has changed over; to be closed. */
        void onLoss();
    }

    private final Vertx vertx;
    private final Duration upgradeTimeout;
    private final Owner owner;
    private volatile SessionState state;
    private boolean paused;
    /** There is no change any more. */
    private boolean stays;

    TransportInUse(Vertx vertx, Duration upgradeTimeout, Owner owner) {
        this.vertx = vertx;
        this.upgradeTimeout = upgradeTimeout;
        this.owner = owner;
    }

    /** Begins with that transport. */
    void begin(Transport transport) {
        state = transport instanceof PollingTransport polling ? new Polling(polling) : new OnWebSocket(transport);
        transport.hear(new Heard(transport));
        owner.onWay(transport.shortest());
    }

    /** Whether requests of long-polling are what the client has to send. */
    boolean isPolling() {
        return state instanceof ByPolling;
    }

    /** Passes on a request of long-polling; refuses it if the client has changed over, or never polled. */
    void ask(PollingExchange exchange, Consumer<PollingTransport> request) {
        if (state instanceof ByPolling by) {
            request.accept(by.transport());
        } else {
            exchange.refuse(RequestError.BAD_REQUEST);
        }
    }

    void abort(PollingExchange exchange) {
        if (state instanceof ByPolling by) {
            by.transport().abort(exchange);
        }
    }

    void letGo(PollingExchange exchange) {
        if (state instanceof ByPolling by) {
            by.transport().letGo(exchange);
        }
    }

    /** Lets the client wait until {@link #resume}, on whatever transport; see {@link Transport#pause}. */
    void pause() {
        if (!paused) {
            paused = true;
            state.transport().pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            state.transport().resume();
        }
    }

    /** Begins to change over to that socket, or closes it if that cannot be. */
    void upgrade(Transport socket) {
        if (state instanceof Polling polling && !stays) {
            UpgradeAttempt attempt = new UpgradeAttempt(socket, new Attempted(), vertx, upgradeTimeout);
            state = polling.toProbing(attempt);
            socket.hear(attempt);
        } else {
            refuse(socket);
        }
    }

    private static void refuse(Transport socket) {
        socket.close(CloseReason.FORCED_CLOSE.code(), "no upgrade now");
    }

    /** Tries no change any more: the one that is tried is given up, and none begins. */
    void stay() {
        stays = true;
        if (state instanceof Probing probing) {
            probing.attempt().giveUp();
        }
    }

    void discard() {
        state.transport().discard();
    }

    @Override
    public Future<Void> write(Burst burst) {
        return state.transport().write(burst);
    }

    @Override
    public boolean isWritable() {
        return state.transport().isWritable();
    }

    @Override
    public void close(int code, String reason) {
        state.transport().close(code, reason);
        owner.onClosing(code);
    }

    /** What is heard on one transport; only the end of the one in use is the end. */
    private final class Heard implements Transport.Listener {
        private final Transport transport;

        Heard(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void onPacket(EngineIoPacket packet) {
            owner.onPacket(packet);
        }

        @Override
        public void onFault(Transport.Fault fault) {
            owner.onFault(fault);
        }

        @Override
        public void onClosed() {
            if (transport == state.transport()) {
                owner.onClosed();
            } else {
                owner.onLoss();
            }
        }
    }

    private final class Attempted implements UpgradeAttempt.Listener {
        @Override
        public void onProbed() {
            ((Probing) state).transport().holdNoPoll(true);
        }

        @Override
        public void onUpgraded() {
            Probing probing = (Probing) state;
            OnWebSocket upgraded = probing.toWebSocket();
            state = upgraded;
            upgraded.transport().hear(new Heard(upgraded.transport()));
            probing.transport().handOver(upgraded.transport());
            if (paused) {
                upgraded.transport().pause();
            }
            owner.onWay(upgraded.transport().shortest());
        }

        @Override
        public void onFailed() {
            Probing probing = (Probing) state;
            state = probing.toPolling();
            probing.transport().holdNoPoll(false);
        }
    }
}
