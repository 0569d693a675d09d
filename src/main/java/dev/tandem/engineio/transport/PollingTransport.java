package dev.tandem.engineio.transport;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.MalformedPacket;
import dev.tandem.engineio.codec.Payload;
import dev.tandem.outbound.Frame;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Long-polling: a GET is parked until there is something to say, a POST brings what the client says; one of each at a time. What is
 * written while no GET is open waits for the next one; who writes bounds it.
 *
 * <p>A frame has left when the answer that it was in has, and until then no other answer is given: a client that opens GETs and
 * reads none costs one payload.
 */
public final class PollingTransport implements Transport {
    private static final String CLOSE = EngineIoCodec.encode(new EngineIoPacket.Close());
    private static final String NOOP = EngineIoCodec.encode(new EngineIoPacket.Noop());

    private static final long NOOP_AFTER_MILLIS = 100;

    private enum Phase {
        OPEN,
        /** Waits for a GET to give the last packets to. */
        CLOSING,
        /** Another transport goes on. */
        HANDED_OVER,
        CLOSED
    }

    private final Context context;
    private final int maxPayload;
    private final int maxPackets;
    private final PollingBacklog backlog = new PollingBacklog();
    private Listener listener = NOBODY;
    private Phase phase = Phase.OPEN;
    /** The GET that waits for something to be said, null if there is none. */
    private volatile PollingExchange parked;
    /** The POST whose body is still coming, null if there is none. */
    private PollingExchange posting;
    /** The POST whose packets were heard while the client is to wait, which it does for the answer; null if there is none. */
    private PollingExchange unanswered;

    private boolean paused;

    /** What the client is told last: that the session is closed, or nothing, if it said so itself. */
    private String lastPacket = CLOSE;

    private boolean lastSaid;
    private boolean leaving;
    private boolean scheduled;
    private boolean holdsNoPoll;

    /** On the event loop {@code context}, with at most so many bytes, and packets, in one body. */
    public PollingTransport(Context context, int maxPayload, int maxPackets) {
        this.context = context;
        this.maxPayload = maxPayload;
        this.maxPackets = maxPackets;
    }

    /** A GET: answered with packets when there are any. A second one beside it is refused, and a fault. */
    public void poll(PollingExchange exchange) {
        if (phase == Phase.CLOSED || lastSaid) {
            exchange.refuse(RequestError.SESSION_ID_UNKNOWN);
        } else if (phase == Phase.HANDED_OVER) {
            exchange.refuse(RequestError.BAD_REQUEST);
        } else if (parked != null) {
            fault(exchange, RequestError.BAD_REQUEST, Fault.BROKEN);
        } else {
            parked = exchange;
            answer();
            noopSoon();
        }
    }

    /**
     * A POST, answered when all its packets have been heard, and the client may go on. {@code body} fails with {@link PayloadTooLarge},
     * or if the client gave up. A second POST beside it is refused, and a fault, as is content that is no text.
     */
    public void post(PollingExchange exchange, String contentType, Future<Buffer> body) {
        if (phase != Phase.OPEN) {
            exchange.refuse(RequestError.BAD_REQUEST);
        } else if (posting != null || unanswered != null || "application/octet-stream".equals(contentType)) {
            fault(exchange, RequestError.BAD_REQUEST, Fault.BROKEN);
        } else {
            posting = exchange;
            body.onComplete(read -> context.runOnContext(ignored -> onBody(exchange, read)));
        }
    }

    /** The client gave up a request before it was answered, and with it the session. */
    public void abort(PollingExchange exchange) {
        if (exchange == parked) {
            parked = null;
            end();
        }
    }

    /** Answers a GET that waits with a noop: the client is to send the next one. */
    public void letGo(PollingExchange exchange) {
        if (exchange == parked) {
            release(NOOP);
        }
    }

    /**
     * While this is so, a GET is answered soon, with a noop if need be: the client waits for its end to change transports. Not at once,
     * so that one who does not wait for it does not ask again and again.
     */
    public void holdNoPoll(boolean now) {
        holdsNoPoll = now;
        noopSoon();
    }

    /**
     * The client has changed over: what has not left goes on there, in order, and nothing is heard here any more. It has no GET open
     * then; if it has, that came too late.
     */
    public void handOver(Transport next) {
        phase = Phase.HANDED_OVER;
        backlog.moveTo(next);
        resume();
        PollingExchange late = parked;
        parked = null;
        if (late != null) {
            late.refuse(RequestError.BAD_REQUEST);
        }
    }

    @Override
    public void hear(Listener next) {
        listener = next;
    }

    /** A POST is answered when the client may go on. */
    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        answerPost();
    }

    @Override
    public boolean isWritable() {
        return parked != null;
    }

    @Override
    public Future<Void> write(Frame.Single frame) {
        if (phase == Phase.CLOSED) {
            return Future.failedFuture("closed");
        }
        Future<Void> left = backlog.add(frame);
        answerThisTurn();
        return left;
    }

    /** The last packet waits for a GET like every other; {@link #discard} ends the wait. */
    @Override
    public void close(int code, String reason) {
        if (phase == Phase.OPEN) {
            phase = Phase.CLOSING;
            answer();
        }
    }

    @Override
    public void discard() {
        if (phase == Phase.CLOSING) {
            end();
        }
    }

    private void noopSoon() {
        PollingExchange waiting = parked;
        if (holdsNoPoll && waiting != null) {
            context.owner().setTimer(NOOP_AFTER_MILLIS, due -> {
                if (holdsNoPoll && parked == waiting) {
                    release(NOOP);
                }
            });
        }
    }

    /** Everything that is written in one turn of the loop leaves in one answer. */
    private void answerThisTurn() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(ignored -> {
                scheduled = false;
                answer();
            });
        }
    }

    private void answer() {
        boolean something = !backlog.isEmpty() || phase == Phase.CLOSING;
        if (parked == null || leaving || !something) {
            return;
        }
        Payload payload = new Payload(maxPayload, maxPackets);
        List<Promise<Void>> packets = backlog.moveTo(payload);
        lastSaid = phase == Phase.CLOSING && backlog.isEmpty() && payload.fits(lastPacket.length());
        if (lastSaid) {
            payload.addText(lastPacket, lastPacket.length());
        }
        leaving = true;
        release(payload.toString()).onComplete(left -> context.runOnContext(ignored -> onLeft(left, packets)));
    }

    private void onLeft(AsyncResult<Void> left, List<Promise<Void>> packets) {
        leaving = false;
        packets.forEach(packet -> packet.handle(left));
        if (lastSaid || left.failed()) {
            end();
        } else {
            answer();
        }
    }

    private Future<Void> release(String payload) {
        PollingExchange exchange = parked;
        parked = null;
        return exchange == null ? Future.succeededFuture() : exchange.answer(PollingAnswer.packets(payload));
    }

    private void onBody(PollingExchange exchange, AsyncResult<Buffer> body) {
        posting = null;
        if (phase != Phase.OPEN) {
            exchange.refuse(RequestError.BAD_REQUEST);
        } else if (body.cause() instanceof PayloadTooLarge) {
            fault(exchange, RequestError.PAYLOAD_TOO_LARGE, Fault.TOO_LARGE);
        } else if (body.failed()) {
            end();
        } else {
            receive(exchange, body.result().getBytes());
        }
    }

    private void receive(PollingExchange exchange, byte[] body) {
        try {
            List<EngineIoPacket> packets = Payload.decode(body, maxPackets);
            if (packets.stream().allMatch(PollingTransport::isForServers)) {
                unanswered = exchange;
                packets.forEach(this::receive);
                answerPost();
            } else {
                fault(exchange, RequestError.BAD_REQUEST, Fault.MALFORMED);
            }
        } catch (MalformedPacket malformed) {
            fault(exchange, RequestError.BAD_REQUEST, Fault.MALFORMED);
        }
    }

    private void answerPost() {
        if (unanswered != null && !paused) {
            unanswered.answer(PollingAnswer.ok());
            unanswered = null;
        }
    }

    private static boolean isForServers(EngineIoPacket packet) {
        return packet instanceof EngineIoPacket.Message
                || packet instanceof EngineIoPacket.Binary
                || packet instanceof EngineIoPacket.Pong
                || packet instanceof EngineIoPacket.Close;
    }

    /** A client that says goodbye waits for its GET to end, which may come in later than that. */
    private void receive(EngineIoPacket packet) {
        if (packet instanceof EngineIoPacket.Close) {
            lastPacket = NOOP;
        }
        listener.onPacket(packet);
    }

    private void fault(PollingExchange exchange, RequestError error, Fault fault) {
        exchange.refuse(error);
        listener.onFault(fault);
    }

    private void end() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            backlog.fail("closed");
            release(lastPacket);
            refusePost();
            resume();
            listener.onClosed();
        }
    }

    /** Its body may never come. */
    private void refusePost() {
        if (posting != null) {
            posting.refuse(RequestError.BAD_REQUEST);
        }
    }
}
