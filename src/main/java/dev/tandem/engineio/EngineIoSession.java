package dev.tandem.engineio;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.heartbeat.Heartbeat;
import dev.tandem.heartbeat.Heartbeats;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Outbounds;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;

/**
 * One client, from the handshake to the end, whatever transport it uses. State is touched on the session's own event loop only; all
 * that is public may be called from any thread.
 *
 * <p>{@link #poll}, {@link #post}, {@link #abort}, {@link #letGo} and {@link #upgrade} are what a client's requests with this {@code sid} ask; they
 * need no HTTP server, so that a request may have come in at another node.
 */
public final class EngineIoSession {
    /** How long a client that polls may take to come and fetch the last packets. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final Frame PING = Frame.of(EngineIoCodec.encode(new EngineIoPacket.Ping("")));
    private static final AtomicReferenceFieldUpdater<EngineIoSession, CloseReason> WANTED =
            AtomicReferenceFieldUpdater.newUpdater(EngineIoSession.class, CloseReason.class, "wanted");

    private final String sid;
    private final Handshake handshake;
    private final Vertx vertx;
    private final Context context;
    private final BiConsumer<EngineIoSession, CloseReason> onGone;
    private final TransportInUse transport;
    private final Outbound outbound;
    private final Heartbeat heartbeat;
    private EngineIoListener.SessionListener listener = EngineIoListener.NOBODY;
    private Runnable farewell = () -> {};
    /** Why this side closes, null if it does not: the transport may be gone before this side has come to its end. */
    private volatile CloseReason wanted;

    private CloseReason ended;
    /** How many let the client wait. */
    private int pauses;
    /** What came nevertheless, as it was on its way; null if there never was any. */
    private Deque<EngineIoPacket> held;

    /** {@code onGone} is told when the session has ended and its transport has gone. */
    EngineIoSession(
            String sid,
            Handshake handshake,
            Vertx vertx,
            Context context,
            Duration upgradeTimeout,
            Outbounds outbounds,
            Heartbeats heartbeats,
            BiConsumer<EngineIoSession, CloseReason> onGone) {
        this.sid = sid;
        this.handshake = handshake;
        this.vertx = vertx;
        this.context = context;
        this.onGone = onGone;
        FromClient fromClient = new FromClient();
        this.transport = new TransportInUse(vertx, upgradeTimeout, fromClient);
        this.outbound = outbounds.open(context, transport);
        this.heartbeat = heartbeats.of(context, fromClient);
    }

    /** Named by the server, known to the client; not a secret of anybody else. */
    public String sid() {
        return sid;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** The event loop on which everything about this session happens. */
    public Context context() {
        return context;
    }

    /** Encodes a message once, for this session or for many. */
    public static Frame message(String data) {
        return Frame.of(EngineIoCodec.MESSAGE + data);
    }

    /** The same of a text that stands between two others, which need not be put together for that. */
    public static Frame message(String before, String text, String after) {
        return Frame.of(EngineIoCodec.MESSAGE + before + text + after);
    }

    /** Encodes a binary message once; {@code data} must not be changed any more. */
    public static Frame message(byte[] data) {
        return Frame.of(data);
    }

    /** The way to the client, for frames made by {@link #message} that go to many. */
    public Outbound outbound() {
        return outbound;
    }

    /** Sends a frame made by {@link #message}, or a sequence of them. */
    public void send(Frame frame) {
        outbound.send(frame);
    }

    /** Sends the same unless it would have to wait: for a GET of the client, or because it is behind in reading. Then it is dropped. */
    public void sendVolatile(Frame frame) {
        outbound.sendVolatile(frame);
    }

    /** Whether what is sent leaves at once, as far as one knows; while a client polls, only while its GET waits. */
    public boolean isWritable() {
        return transport.isWritable();
    }

    /**
     * Lets the client wait with what it says, until {@link #resume} was called as often; that it is not heard then is no silence. What is
     * on its way is kept: of long-polling one body, of a WebSocket what has been read of it. Of a client that is gone meanwhile nothing
     * more is heard. On the session's event loop.
     */
    public void pause() {
        pauses++;
        if (pauses == 1 && ended == null) {
            transport.pause();
        }
    }

    /** Hears what was kept, and lets the client go on, if nobody else lets it wait. On the session's event loop. */
    public void resume() {
        pauses--;
        hearHeld();
        if (pauses == 0 && ended == null) {
            heartbeat.beat();
            transport.resume();
        }
    }

    /** Ends the session, after what was sent before; what comes in is ignored from now on. */
    public void close(CloseReason reason) {
        WANTED.compareAndSet(this, null, reason);
        outbound.close(reason.code(), reason.text());
    }

    /** The same, after the layer above has said goodbye in its own way. */
    public void dismiss(CloseReason reason) {
        context.runOnContext(ignored -> {
            if (!isClosing()) {
                listener.onDismissal();
                close(reason);
            }
        });
    }

    /** A GET of long-polling, answered when there is something to say, or refused. */
    public void poll(PollingExchange exchange) {
        context.runOnContext(ignored -> transport.ask(exchange, polling -> polling.poll(exchange)));
    }

    /** A POST of long-polling, answered when its packets have been heard, or refused; see {@link PollingTransport#post}. */
    public void post(PollingExchange exchange, String contentType, Future<Buffer> body) {
        context.runOnContext(ignored -> transport.ask(exchange, polling -> polling.post(exchange, contentType, body)));
    }

    /** The client gave up a request; if it was not answered yet, that ends the session. */
    public void abort(PollingExchange exchange) {
        context.runOnContext(ignored -> transport.abort(exchange));
    }

    /** Answers a GET that waits with nothing, so that the client sends another one: the node at which this one came in stops. */
    public void letGo(PollingExchange exchange) {
        context.runOnContext(ignored -> transport.letGo(exchange));
    }

    /** A WebSocket that wants to take over from long-polling; closed if that cannot be, as when another one did, or tries. */
    public void upgrade(Transport socket) {
        context.runOnContext(ignored -> transport.upgrade(socket));
    }

    /** Has that done too when it is told {@code onGone}. On the session's event loop. */
    void atLast(Runnable last) {
        farewell = last;
    }

    /** Whether requests of long-polling are what the client has to send. */
    boolean isPolling() {
        return transport.isPolling();
    }

    /** Begins with that transport. On the session's event loop. */
    void open(Transport first, EngineIoListener above, String openPacket) {
        transport.begin(first);
        outbound.send(Frame.of(openPacket));
        listener = above.onOpen(this);
        heartbeat.beat();
    }

    private boolean isClosing() {
        return wanted != null;
    }

    private void onPacket(EngineIoPacket packet) {
        if (pauses == 0 && (held == null || held.isEmpty())) {
            hear(packet);
        } else if (!isClosing()) {
            hold(packet);
        }
    }

    private void hold(EngineIoPacket packet) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.add(packet);
    }

    private void hearHeld() {
        while (pauses == 0 && held != null && !held.isEmpty()) {
            hear(held.poll());
        }
    }

    private void hear(EngineIoPacket packet) {
        if (isClosing()) {
            return;
        }
        if (packet instanceof EngineIoPacket.Message message) {
            listener.onMessage(message.data());
        } else if (packet instanceof EngineIoPacket.Binary binary) {
            listener.onMessage(binary.data());
        } else if (packet instanceof EngineIoPacket.Pong) {
            heartbeat.beat();
        } else {
            close(packet instanceof EngineIoPacket.Close ? CloseReason.CLIENT_CLOSE : CloseReason.PARSE_ERROR);
        }
    }

    /** The session is over for the layer above; its transport may have something left to do. {@code otherwise} is why if nobody wanted it. */
    private void end(CloseReason otherwise) {
        if (ended != null) {
            return;
        }
        WANTED.compareAndSet(this, null, otherwise);
        ended = wanted;
        held = null;
        heartbeat.stop();
        transport.stay();
        transport.resume();
        if (ended.leavesTimeToFetch()) {
            vertx.setTimer(LINGER.toMillis(), late -> transport.discard());
        } else {
            transport.discard();
        }
        listener.onClose(ended);
    }

    private final class FromClient implements TransportInUse.Owner, Heartbeat.Owner {
        @Override
        public void onPacket(EngineIoPacket packet) {
            EngineIoSession.this.onPacket(packet);
        }

        @Override
        public void onFault(Transport.Fault fault) {
            close(CloseReason.of(fault));
        }

        @Override
        public void onClosed() {
            end(CloseReason.TRANSPORT_CLOSE);
            onGone.accept(EngineIoSession.this, ended);
            farewell.run();
        }

        @Override
        public void onWay(Wire shortest) {
            outbound.take(shortest);
        }

        /** The session ends when its way out is closed, be it that {@link #close} wants it so, or that it closed by itself. */
        @Override
        public void onClosing(int code) {
            end(code == Outbound.TOO_SLOW ? CloseReason.TOO_SLOW : CloseReason.TRANSPORT_ERROR);
        }

        @Override
        public void onLoss() {
            close(CloseReason.TRANSPORT_CLOSE);
        }

        @Override
        public void onPingDue() {
            outbound.send(PING);
        }

        /** Who is not listened to is not silent. */
        @Override
        public void onSilence() {
            if (pauses > 0) {
                heartbeat.beat();
            } else {
                close(CloseReason.PING_TIMEOUT);
            }
        }
    }
}
