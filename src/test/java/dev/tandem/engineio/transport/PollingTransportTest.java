package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.codec.Payload;
import dev.tandem.outbound.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies long-polling without HTTP: one GET and one POST at a time, answers within the bounds, and nothing said twice. */
class PollingTransportTest extends TransportContract {
    private static final int MOST_PACKETS = 4;

    private final PollingTransport transport = new PollingTransport(loop.context(), MAX_PAYLOAD, MOST_PACKETS);

    /** A request, and its answer once there is one. */
    private static final class Request implements PollingExchange {
        private final Promise<Void> left = Promise.promise();
        private PollingAnswer answer;

        @Override
        public Future<Void> answer(PollingAnswer given) {
            if (answer == null) {
                answer = given;
            }
            return left.future();
        }
    }

    @Override
    Transport transport() {
        return transport;
    }

    @Override
    void clientSends(String packet) {
        post(packet);
    }

    @Override
    void clientSends(byte[] message) {
        post("b" + Base64.getEncoder().encodeToString(message));
    }

    @Override
    void clientGoes() {
        Request get = poll();
        transport.abort(get);
        loop.takeAll();
    }

    @Override
    List<String> clientGot() {
        List<String> got = new ArrayList<>();
        Request get = poll();
        while (get.answer != null && get.answer.status() == 200) {
            packets(get).forEach(got::add);
            get.left.complete();
            loop.takeAll();
            get = poll();
        }
        return got;
    }

    @Test
    void holdsAGetUntilThereIsSomethingToSay() {
        Request get = poll();
        assertThat(get.answer).isNull();

        write("4one");

        assertThat(get.answer).isEqualTo(PollingAnswer.packets("4one"));
    }

    @Test
    void packsWhatIsWrittenInOneTurnIntoOneAnswer() {
        Request get = poll();
        transport.write((Frame.Text) Frame.of("4one"));
        transport.write((Frame.Text) Frame.of("4two"));

        loop.takeAll();

        assertThat(get.answer.body()).isEqualTo("4one\u001e4two");
    }

    @Test
    void packsNoMoreThanMaxPayload() {
        write("4" + "a".repeat(9));
        write("4" + "b".repeat(8));
        write("4c");

        Request first = poll();
        first.left.complete();
        Request second = poll();

        assertThat(first.answer.body()).hasSize(MAX_PAYLOAD);
        assertThat(second.answer.body()).isEqualTo("4c");
    }

    @Test
    void packsNoMoreThanMaxPayloadAfterBase64() {
        write("4" + "a".repeat(9));
        transport.write(new Frame.Binary(new byte[6]));
        transport.write(new Frame.Binary(new byte[1]));
        loop.takeAll();

        Request first = poll();

        assertThat(first.answer.body()).isEqualTo("4aaaaaaaaa\u001ebAAAAAAAA");
    }

    @Test
    void sendsAPacketThatIsLongerThanMaxPayloadAlone() {
        write("4" + "a".repeat(100));
        write("4b");

        assertThat(poll().answer.body()).hasSize(101);
    }

    @Test
    void packsNoMorePacketsThanThereMayBe() {
        for (int i = 0; i < MOST_PACKETS + 1; i++) {
            write("4");
        }

        assertThat(poll().answer.body()).isEqualTo("4\u001e4\u001e4\u001e4");
    }

    @Test
    void givesNoAnswerBeforeTheLastHasLeft() {
        write("4one");
        Request unread = poll();
        write("4two");
        Request next = poll();

        assertThat(next.answer).isNull();
        unread.left.complete();
        loop.takeAll();

        assertThat(next.answer.body()).isEqualTo("4two");
    }

    @Test
    void frameHasNotLeftBeforeItsAnswerHas() {
        Future<Void> left = write("4one");
        Request get = poll();
        assertThat(left.isComplete()).isFalse();

        get.left.complete();
        loop.takeAll();

        assertThat(left.succeeded()).isTrue();
    }

    @Test
    void clientWhoseAnswerIsLostIsGone() {
        Future<Void> left = write("4one");
        Request get = poll();

        get.left.fail("reset");
        loop.takeAll();

        assertThat(left.failed()).isTrue();
        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void secondGetIsRefusedAndAFault() {
        Request first = poll();

        Request second = poll();

        assertThat(second.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(first.answer).isNull();
        assertThat(heard.all).containsExactly("BROKEN");
    }

    @Test
    void secondPostIsRefusedAndAFault() {
        transport.post(new Request(), "text/plain", Promise.<Buffer>promise().future());

        Request second = post("4late");

        assertThat(second.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(heard.all).containsExactly("BROKEN");
    }

    @Test
    void postIsAnsweredAfterItsPacketsWereHeard() {
        Request post = post("4one\u001ebAg==\u001e3");

        assertThat(post.answer).isEqualTo(PollingAnswer.ok());
        assertThat(heard.all).containsExactly("4one", "binary 02", "3");
    }

    @Test
    void clientThatHasToWaitIsAnsweredWhenItMayGoOn() {
        transport.pause();
        Request post = post("4one");
        assertThat(heard.all).containsExactly("4one");
        assertThat(post.answer).isNull();

        transport.resume();

        assertThat(post.answer).isEqualTo(PollingAnswer.ok());
    }

    @Test
    void secondPostOfAClientThatHasToWaitIsRefusedAndAFault() {
        transport.pause();
        post("4one");

        Request second = post("4late");

        assertThat(second.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(heard.all).containsExactly("4one", "BROKEN");
    }

    @Test
    void clientThatHasToWaitIsAnsweredAtTheEnd() {
        transport.pause();
        Request post = post("4one");

        clientGoes();

        assertThat(post.answer).isEqualTo(PollingAnswer.ok());
    }

    @Test
    void clientThatHasToWaitIsAnsweredWhenAnotherTransportGoesOn() {
        transport.pause();
        Request post = post("4one");

        transport.handOver(new PollingTransport(loop.context(), MAX_PAYLOAD, MOST_PACKETS));

        assertThat(post.answer).isEqualTo(PollingAnswer.ok());
    }

    @Test
    void nothingIsHeardOfAPostThatIsPartlyMalformed() {
        Request post = post("4one\u001enonsense");

        assertThat(post.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(heard.all).containsExactly("MALFORMED");
    }

    @Test
    void postThatIsTooLongIsRefused() {
        Request post = new Request();
        transport.post(post, "text/plain", Future.failedFuture(new PayloadTooLarge()));
        loop.takeAll();

        assertThat(post.answer).isEqualTo(PollingAnswer.refused(RequestError.PAYLOAD_TOO_LARGE));
    }

    @Test
    void clientThatGivesUpItsPostIsGone() {
        transport.post(new Request(), "text/plain", Future.failedFuture("reset"));
        loop.takeAll();

        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void postWhoseBodyNeverComesIsRefusedAtTheEnd() {
        Request post = new Request();
        transport.post(post, "text/plain", Promise.<Buffer>promise().future());

        transport.close(1000, "bye");
        transport.discard();

        assertThat(post.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
    }

    @Test
    void goodbyeOfTheClientEndsItsGet() {
        Request get = poll();

        post("1");
        transport.close(1000, "bye");

        assertThat(get.answer.body()).isEqualTo("6");
        assertThat(heard.all).containsExactly("1");
    }

    @Test
    void goodbyeOfTheClientEndsAGetThatItOvertook() {
        post("1");
        transport.close(1000, "bye");

        Request get = poll();
        Request next = poll();

        assertThat(get.answer.body()).isEqualTo("6");
        assertThat(next.answer).isEqualTo(PollingAnswer.refused(RequestError.SESSION_ID_UNKNOWN));
    }

    @Test
    void closeEndsTheGetThatWaits() {
        Request get = poll();

        transport.close(1000, "bye");

        assertThat(get.answer.body()).isEqualTo("1");
    }

    @Test
    void closeWaitsForAGet() {
        write("4last");
        transport.close(1000, "bye");
        assertThat(heard.all).isEmpty();

        Request get = poll();
        get.left.complete();
        loop.takeAll();

        assertThat(get.answer.body()).isEqualTo("4last\u001e1");
        assertThat(heard.all).containsExactly("closed");
        assertThat(poll().answer).isEqualTo(PollingAnswer.refused(RequestError.SESSION_ID_UNKNOWN));
    }

    @Test
    void discardGivesUpWhatWaits() {
        Future<Void> left = write("4never");
        transport.close(1000, "bye");

        transport.discard();

        assertThat(left.failed()).isTrue();
        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void isWritableOnlyWhileAGetWaits() {
        assertThat(transport.isWritable()).isFalse();
        poll();
        assertThat(transport.isWritable()).isTrue();
        write("4one");
        assertThat(transport.isWritable()).isFalse();
    }

    @Test
    void holdsNoGetForLongWhileTold() {
        Request waiting = poll();

        transport.holdNoPoll(true);
        assertThat(waiting.answer).isNull();
        loop.ring();
        Request next = poll();
        loop.ring();

        assertThat(waiting.answer.body()).isEqualTo("6");
        assertThat(next.answer.body()).isEqualTo("6");
    }

    @Test
    void holdsGetsAgainWhenTold() {
        Request waiting = poll();
        transport.holdNoPoll(true);

        transport.holdNoPoll(false);
        loop.ring();

        assertThat(waiting.answer).isNull();
    }

    @Test
    void handsOverWhatWaitsAndIsOver() {
        Future<Void> left = write("4one");
        transport.write(new Frame.Binary(new byte[] {2}));
        PollingTransport next = new PollingTransport(loop.context(), MAX_PAYLOAD, MOST_PACKETS);

        transport.handOver(next);
        loop.takeAll();

        Request get = new Request();
        next.poll(get);
        get.left.complete();
        loop.takeAll();
        assertThat(get.answer.body()).isEqualTo("4one\u001ebAg==");
        assertThat(left.succeeded()).isTrue();
        assertThat(poll().answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(post("4late").answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(heard.all).isEmpty();
    }

    @Test
    void postThatIsStillComingAtTheHandOverIsNotHeard() {
        Promise<Buffer> body = Promise.promise();
        Request post = new Request();
        transport.post(post, "text/plain", body.future());

        transport.handOver(new PollingTransport(loop.context(), MAX_PAYLOAD, MOST_PACKETS));
        body.complete(Buffer.buffer("4late"));
        loop.takeAll();

        assertThat(post.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
        assertThat(heard.all).isEmpty();
    }

    @Test
    void getThatWaitsAtTheHandOverCameTooLate() {
        Request get = poll();

        transport.handOver(new PollingTransport(loop.context(), MAX_PAYLOAD, MOST_PACKETS));

        assertThat(get.answer).isEqualTo(PollingAnswer.refused(RequestError.BAD_REQUEST));
    }

    private Request poll() {
        Request get = new Request();
        transport.poll(get);
        loop.takeAll();
        return get;
    }

    private Request post(String body) {
        Request post = new Request();
        Future<Buffer> read = body.length() > MAX_PAYLOAD
                ? Future.failedFuture(new PayloadTooLarge())
                : Future.succeededFuture(Buffer.buffer(body));
        transport.post(post, "text/plain;charset=UTF-8", read);
        loop.takeAll();
        return post;
    }

    private static List<String> packets(Request get) {
        byte[] body = get.answer.body().getBytes(StandardCharsets.UTF_8);
        return Payload.decode(body, MOST_PACKETS).stream()
                .map(PollingTransportTest::shown)
                .toList();
    }

    private static String shown(EngineIoPacket packet) {
        if (packet instanceof EngineIoPacket.Binary binary) {
            return "binary " + HexFormat.of().formatHex(binary.data());
        }
        return packet instanceof EngineIoPacket.Close ? "closed" : EngineIoCodec.encode(packet);
    }
}
