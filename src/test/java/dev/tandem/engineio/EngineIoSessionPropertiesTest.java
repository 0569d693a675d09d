package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.heartbeat.Heartbeats;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Outbounds;
import dev.tandem.outbound.TestOutbounds;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * What holds for every session that began by long-polling, however its requests, its WebSockets and its closing fall between each other:
 * nothing is thrown, it ends once, everybody who asked is answered, no socket stays open, what the client gets has no gap, and what it
 * says is heard in order.
 */
class EngineIoSessionPropertiesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Turns of the event loop in which everything comes to its end. */
    private static final int ALL_TURNS = 60;

    @AfterContainer
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What a client, this side or the network may do, at any time. */
    enum Move {
        SAY(Life::say),
        /** The event loop has had much to write for another connection, and rests. */
        REST(Life::rest),
        GET(Life::poll),
        ABORT(life -> life.gets.forEach(Request::giveUp)),
        LET_GO(life -> life.gets.forEach(life.session::letGo)),
        POST(life -> life.post("4" + life.toSay++)),
        POST_GOODBYE(life -> life.post("1")),
        POST_NONSENSE(life -> life.post("nonsense")),
        SOCKET(Life::openSocket),
        PROBE(life -> life.socketsSay("2probe")),
        CHANGE_OVER(life -> life.socketsSay("5")),
        SOCKET_SAYS(life -> life.socketsSay("4" + life.toSay++)),
        SOCKET_BREAKS(life -> life.sockets.forEach(Socket::goes)),
        /** Which is seen when it is written to. */
        SOCKET_IS_BROKEN(life -> life.sockets.forEach(Socket::isToBreak)),
        PAUSE(Life::pause),
        RESUME(Life::resume),
        CLOSE(life -> life.session.close(CloseReason.FORCED_CLOSE)),
        SILENCE(life -> life.session.close(CloseReason.PING_TIMEOUT)),
        WAY_OUT_CLOSES(life -> life.session.outbound().close(Outbound.TOO_SLOW, "too slow to read")),
        WAY_OUT_BREAKS(life -> life.session.outbound().close(1011, "cannot be written"));

        private final Consumer<Life> what;

        Move(Consumer<Life> what) {
            this.what = what;
        }
    }

    /** A move so many turns of the event loop after it was begun. */
    record Later(Move move, int turns) {}

    @Provide
    Arbitrary<List<Later>> lives() {
        return Combinators.combine(
                        Arbitraries.of(Move.class), Arbitraries.integers().between(0, 6))
                .as(Later::new)
                .list()
                .ofMaxSize(16);
    }

    @Property
    void endsInOrder(@ForAll("lives") List<Later> moves) throws Exception {
        Life life = new Life();
        life.onLoop(life::begin);

        moves.forEach(life::make);
        life.awaitTurns();
        life.onLoop(life::close);
        life.awaitTurns();
        life.onLoop(life::assertClosed);
        life.onLoop(life::fetch);
        life.awaitTurns();

        life.onLoop(life::assertGone);
    }

    /** A session, its client and all that they have seen. On one event loop. */
    private static final class Life {
        private final Context context = ((VertxInternal) VERTX).createEventLoopContext();
        private final Outbounds outbounds = TestOutbounds.of(1_000_000, 1_000);
        private final Outbound busy = outbounds.open(context, new BusyWire(() -> {}));
        private final List<Throwable> thrown = new ArrayList<>();
        private final List<CloseReason> closed = new ArrayList<>();
        private final List<CloseReason> gone = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private final List<String> got = new ArrayList<>();
        private final List<Request> gets = new ArrayList<>();
        private final List<Request> posts = new ArrayList<>();
        private final List<Socket> sockets = new ArrayList<>();
        private EngineIoSession session;
        private int said;
        private int toSay;
        private int pauses;

        void begin() {
            context.exceptionHandler(thrown::add);
            session = new EngineIoSession(
                    "sid",
                    new Handshake("192.0.2.1", 0, "", null, null),
                    VERTX,
                    context,
                    LONG,
                    outbounds,
                    new Heartbeats(VERTX, LONG, LONG),
                    (ended, reason) -> gone.add(reason));
            session.open(new PollingTransport(context, 1_000_000, 1_000), this::opened, "0{}");
        }

        private EngineIoListener.SessionListener opened(EngineIoSession opened) {
            return new EngineIoListener.SessionListener() {
                @Override
                public void onMessage(String data) {
                    heard.add(data);
                }

                @Override
                public void onMessage(byte[] data) {}

                @Override
                public void onClose(CloseReason reason) {
                    closed.add(reason);
                }
            };
        }

        void make(Later later) {
            after(later.turns(), () -> later.move().what.accept(this));
        }

        void say() {
            session.send(EngineIoSession.message("" + said++));
        }

        void rest() {
            IntStream.range(0, 6).forEach(i -> busy.send(Frame.of("much")));
        }

        void poll() {
            Request get = new Request(this);
            gets.add(get);
            session.poll(get);
        }

        void post(String body) {
            Request post = new Request(this);
            posts.add(post);
            session.post(post, "text/plain", Future.succeededFuture(Buffer.buffer(body)));
        }

        void openSocket() {
            Socket socket = new Socket(this);
            sockets.add(socket);
            session.upgrade(socket);
        }

        /** Through all of them, of which one is heard at most. */
        void socketsSay(String packet) {
            sockets.forEach(socket -> socket.says(packet));
        }

        void pause() {
            pauses++;
            session.pause();
        }

        void resume() {
            if (pauses > 0) {
                pauses--;
                session.resume();
            }
        }

        /** Nobody keeps the client waiting any more, and this side closes. */
        void close() {
            while (pauses > 0) {
                resume();
            }
            session.close(CloseReason.FORCED_CLOSE);
        }

        void assertClosed() {
            assertThat(closed).hasSize(1);
        }

        /** Unless a GET waited that was answered already, or the client has no time. */
        void fetch() {
            if (closed.get(0).leavesTimeToFetch()) {
                poll();
            }
        }

        void assertGone() {
            assertThat(thrown).isEmpty();
            assertThat(closed).hasSize(1);
            assertThat(gone).isEqualTo(closed);
            assertThat(gets).allMatch(Request::isAnswered);
            assertThat(posts).allMatch(Request::isAnswered);
            assertThat(sockets).allMatch(Socket::isClosed);
            assertThat(got)
                    .isEqualTo(IntStream.range(0, got.size())
                            .mapToObj(i -> "4" + i)
                            .toList());
            assertThat(heard.stream().map(Integer::valueOf)).isSorted().doesNotHaveDuplicates();
        }

        void get(String packet) {
            if (packet.startsWith("4")) {
                got.add(packet);
            }
        }

        void after(int turns, Runnable what) {
            context.runOnContext(turn -> {
                if (turns == 0) {
                    what.run();
                } else {
                    after(turns - 1, what);
                }
            });
        }

        /** Also those that the loop takes after a rest. */
        void awaitTurns() throws Exception {
            awaitNextTurns();
            CompletableFuture<Void> allWritten = new CompletableFuture<>();
            outbounds
                    .open(context, new BusyWire(() -> allWritten.complete(null)))
                    .close(1000, "the last");
            allWritten.get(20, TimeUnit.SECONDS);
            awaitNextTurns();
        }

        private void awaitNextTurns() throws Exception {
            CompletableFuture<Void> taken = new CompletableFuture<>();
            after(ALL_TURNS, () -> taken.complete(null));
            taken.get(20, TimeUnit.SECONDS);
        }

        void onLoop(Runnable what) throws Exception {
            CompletableFuture<Void> done = new CompletableFuture<>();
            context.runOnContext(turn -> {
                try {
                    what.run();
                    done.complete(null);
                } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                }
            });
            done.get(20, TimeUnit.SECONDS);
        }
    }

    /** A GET or a POST. */
    private static final class Request implements PollingExchange {
        private final Life life;
        private boolean answered;
        private boolean givenUp;

        Request(Life life) {
            this.life = life;
        }

        /** Or nobody waits for it any more. */
        boolean isAnswered() {
            return answered || givenUp;
        }

        void giveUp() {
            givenUp = true;
            life.session.abort(this);
        }

        @Override
        public Future<Void> answer(PollingAnswer answer) {
            if (givenUp || answered) {
                return Future.failedFuture("given up");
            }
            answered = true;
            if (answer.status() == 200) {
                List.of(answer.body().split("\u001e")).forEach(life::get);
            }
            Promise<Void> left = Promise.promise();
            life.after(1, left::complete);
            return left.future();
        }
    }

    /** A client's WebSocket, from this side. */
    private static final class Socket implements Transport {
        private final Life life;
        private Listener listener = Transport.NOBODY;
        private boolean closed;
        private boolean gone;
        private boolean broken;

        Socket(Life life) {
            this.life = life;
        }

        void says(String packet) {
            if (!gone) {
                listener.onPacket(EngineIoCodec.decode(packet));
            }
        }

        void goes() {
            if (!gone) {
                gone = true;
                listener.onClosed();
            }
        }

        void isToBreak() {
            broken = true;
        }

        boolean isClosed() {
            return gone;
        }

        @Override
        public Future<Void> write(Frame.Single frame) {
            if (closed || gone) {
                return Future.failedFuture("closed");
            } else if (broken) {
                return onBroken();
            }
            life.get(frame instanceof Frame.Text text ? text.text() : "binary");
            return Future.succeededFuture();
        }

        private Future<Void> onBroken() {
            closed = true;
            life.after(1, this::goes);
            listener.onFault(Fault.BROKEN);
            return Future.failedFuture("broken");
        }

        @Override
        public void hear(Listener next) {
            listener = next;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close(int code, String reason) {
            closed = true;
            life.after(1, this::goes);
        }

        @Override
        public void discard() {}
    }

    /** Keeps its event loop so busy that it rests afterwards. */
    private record BusyWire(Runnable onClose) implements Wire {
        @Override
        public Future<Void> write(Burst burst) {
            long until = System.nanoTime() + Duration.ofMillis(1).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return Future.succeededFuture();
        }

        @Override
        public void close(int code, String reason) {
            onClose.run();
        }
    }
}
