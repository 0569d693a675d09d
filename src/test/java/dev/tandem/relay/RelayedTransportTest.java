package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Verifies that the node at which a client came in lets it wait when the owner of its session says so. */
class RelayedTransportTest {
    private static final long ID = 7;
    private static final Frame SAID = Frame.of("4hello");

    private final Turns loop = new Turns();
    private final AtomicLong names = new AtomicLong();
    private final List<RelayMessage> told = new ArrayList<>();
    private final Link otherNode = link(body -> {});
    private final Link link = link(body -> otherNode.hear(body));
    private final List<EngineIoPacket> heard = new ArrayList<>();
    private final RelayedTransport transport = new RelayedTransport(ID, link, loop.context());

    @Test
    void otherNodeIsToldWhatWasHeard() {
        say(2);

        assertThat(told).containsExactly(new RelayMessage.Heard(ID, 2 * Window.size(SAID)));
    }

    @Test
    void otherNodeIsToldWhenTheClientMayGoOn() {
        transport.pause();
        say(2);
        assertThat(heard).hasSize(2);
        assertThat(told).isEmpty();

        transport.resume();
        loop.takeAll();

        assertThat(told).containsExactly(new RelayMessage.Heard(ID, 2 * Window.size(SAID)));
    }

    @Test
    void whatWasHeardBeforeTheClientHadToWaitIsToldLaterToo() {
        transport.onSaid(SAID);
        loop.context().runOnContext(turn -> transport.pause());
        loop.takeAll();
        assertThat(told).isEmpty();

        transport.resume();
        say(1);

        assertThat(told)
                .containsExactly(
                        new RelayMessage.Heard(ID, Window.size(SAID)), new RelayMessage.Heard(ID, Window.size(SAID)));
    }

    private void say(int frames) {
        transport.hear(new Transport.Listener() {
            @Override
            public void onPacket(EngineIoPacket packet) {
                heard.add(packet);
            }

            @Override
            public void onFault(Transport.Fault fault) {}

            @Override
            public void onClosed() {}
        });
        for (int i = 0; i < frames; i++) {
            transport.onSaid(SAID);
        }
        loop.takeAll();
    }

    private Link link(Consumer<Buffer> publish) {
        return new Link(
                body -> {
                    publish.accept(body);
                    return Uni.createFrom().voidItem();
                },
                task -> loop.context().runOnContext(turn -> task.run()),
                names::incrementAndGet,
                () -> 0,
                new Told());
    }

    private final class Told implements Link.Listener {
        @Override
        public void onMessage(RelayMessage message) {
            told.add(message);
        }

        @Override
        public void onBroken(BreakReason reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void onNodeGone() {}
    }
}
