package dev.tandem.engineio.transport;

import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Wire;
import io.vertx.core.Future;
import java.util.List;

/**
 * One way to and from a client. Used, and heard, on the session's event loop only; {@link #isWritable} from any thread. What is
 * written when the client is gone fails; {@link #close} then does nothing.
 */
public interface Transport extends Wire {

    /** Completes when the frame has left for the network. */
    Future<Void> write(Frame.Single frame);

    @Override
    default Future<Void> write(Burst burst) {
        List<Future<Void>> all = burst.frames().stream().map(this::write).toList();
        return all.size() == 1 ? all.get(0) : Future.join(all).mapEmpty();
    }

    /** The shortest way for what is written, once the transport is in use. */
    default Wire shortest() {
        return this;
    }

    /** Who hears what comes in from now on, instead of who did before. */
    void hear(Listener listener);

    /**
     * Lets the client wait: asks for nothing more of what it says, until {@link #resume}. What is on its way already is heard all the
     * same.
     */
    void pause();

    /** Lets it go on. */
    void resume();

    /** After {@link #close}: gives up what the client has not fetched yet. For a transport that waits for no one, nothing. */
    void discard();

    /** Why what came in cannot be read on. */
    enum Fault {
        /** No packet of Engine.IO. */
        MALFORMED,
        /** More than there may be at once. */
        TOO_LARGE,
        /** The connection broke, or requests came that must not come at once. */
        BROKEN,
        /** A frame that there must not be (RFC 6455, 5). */
        ILLEGAL_FRAME,
        /** Text that is not UTF-8 (RFC 6455, 8.1). */
        NOT_UTF8
    }

    /** Hears of one transport. */
    interface Listener {
        void onPacket(EngineIoPacket packet);

        /** Nothing that comes in makes sense any more; the transport is to be closed by the listener. */
        void onFault(Fault fault);

        /** The transport is gone, whoever closed it. Called once. */
        void onClosed();
    }

    /** Hears, and does nothing. */
    Listener NOBODY = new Listener() {
        @Override
        public void onPacket(EngineIoPacket packet) {}

        @Override
        public void onFault(Fault fault) {}

        @Override
        public void onClosed() {}
    };
}
