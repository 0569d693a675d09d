package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.engineio.codec.EngineIoCodec;
import dev.tandem.engineio.codec.EngineIoPacket;
import dev.tandem.outbound.Frame;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport does, whatever it is made of. */
abstract class TransportContract {
    static final int MAX_PAYLOAD = 20;

    final Turns loop = new Turns();
    final Heard heard = new Heard();

    abstract Transport transport();

    /** Sends one text packet, as it is. */
    abstract void clientSends(String packet);

    abstract void clientSends(byte[] message);

    /** Cuts the connection. */
    abstract void clientGoes();

    /** Everything that has reached the client, {@code closed} at the end if it was told so. */
    abstract List<String> clientGot();

    @BeforeEach
    void listen() {
        transport().hear(heard);
    }

    @Test
    void hearsTextAndBinaryInOrder() {
        clientSends("4one");
        clientSends(new byte[] {2});
        clientSends("3");

        assertThat(heard.all).containsExactly("4one", "binary 02", "3");
    }

    @Test
    void writesTextAndBinaryInOrder() {
        write("4one");
        transport().write(new Frame.Binary(new byte[] {2}));
        write("43");

        assertThat(clientGot()).containsExactly("4one", "binary 02", "43");
    }

    @Test
    void saysWhenAFrameHasLeft() {
        Future<Void> left = write("4one");

        clientGot();

        assertThat(left.succeeded()).isTrue();
    }

    @Test
    void closesAfterWhatWasWrittenBefore() {
        write("4one");
        transport().close(1000, "bye");

        assertThat(clientGot()).containsExactly("4one", "closed");
        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void closesOnce() {
        transport().close(1000, "bye");
        transport().close(1000, "bye");

        assertThat(clientGot()).containsExactly("closed");
        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void refusesWhatIsWrittenAfterTheEnd() {
        clientGoes();

        assertThat(write("4late").failed()).isTrue();
    }

    @Test
    void saysOnceThatTheClientIsGone() {
        clientGoes();
        transport().close(1000, "bye");
        transport().discard();
        loop.takeAll();

        assertThat(heard.all).containsExactly("closed");
    }

    @Test
    void complainsAboutWhatIsNoPacket() {
        clientSends("nonsense");

        assertThat(heard.all).containsExactly("MALFORMED");
    }

    @Test
    void complainsAboutTextThatIsTooLong() {
        clientSends("4" + "x".repeat(MAX_PAYLOAD));

        assertThat(heard.all).containsExactly("TOO_LARGE");
    }

    @Test
    void complainsAboutBinaryThatIsTooLong() {
        clientSends(new byte[MAX_PAYLOAD + 1]);

        assertThat(heard.all).containsExactly("TOO_LARGE");
    }

    @Test
    void tellsTheNextListenerAndNotTheLast() {
        Heard next = new Heard();
        transport().hear(next);

        clientSends("4one");

        assertThat(next.all).containsExactly("4one");
        assertThat(heard.all).isEmpty();
    }

    Future<Void> write(String packet) {
        Future<Void> left = transport().write((Frame.Text) Frame.of(packet));
        loop.takeAll();
        return left;
    }

    static final class Heard implements Transport.Listener {
        final List<String> all = new ArrayList<>();

        @Override
        public void onPacket(EngineIoPacket packet) {
            all.add(
                    packet instanceof EngineIoPacket.Binary binary
                            ? "binary " + HexFormat.of().formatHex(binary.data())
                            : EngineIoCodec.encode(packet));
        }

        @Override
        public void onFault(Transport.Fault fault) {
            all.add(fault.name());
        }

        @Override
        public void onClosed() {
            all.add("closed");
        }
    }
}
