package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.message.MessageUnderWay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verifies that it is known which message the next one to a room must not get before. */
class SendingTest {
    private static final RoomId ROOM = new RoomId("lobby");

    private final Sending sending = new Sending();
    private final Promise<Void> first = Promise.promise();
    private final Promise<Void> second = Promise.promise();

    @Test
    void lastMessageToARoomIsKnownUntilItEnds() {
        sending.add(ROOM, id("first"), first.future());
        sending.add(ROOM, id("second"), second.future());
        sending.add(new RoomId("other"), id("other"), Promise.promise().future());

        assertThat(sending.lastTo(ROOM).map(MessageUnderWay::id)).contains(id("second"));
        first.complete();
        assertThat(sending.lastTo(ROOM).map(MessageUnderWay::id)).contains(id("second"));
        second.complete();
        assertThat(sending.lastTo(ROOM)).isEmpty();
    }

    @Test
    void messageThatIsRefusedAtOnceDoesNotHideTheOneBefore() {
        sending.add(ROOM, id("first"), first.future());
        sending.add(ROOM, id("refused"), Future.failedFuture("too long"));

        Optional<MessageUnderWay> last = sending.lastTo(ROOM);

        assertThat(last.map(each -> each.end().isComplete())).contains(false);
        first.fail("outcome unknown");
        assertThat(last.map(each -> each.end().isComplete())).contains(true);
        assertThat(sending.lastTo(ROOM)).isEmpty();
    }

    @Test
    void messageThatEndsAtOnceIsNotKept() {
        sending.add(ROOM, id("refused"), Future.failedFuture("too long"));

        assertThat(sending.lastTo(ROOM)).isEmpty();
    }

    private static MessageId id(String id) {
        return new MessageId(id);
    }
}
