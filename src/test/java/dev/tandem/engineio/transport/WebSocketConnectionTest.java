package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies what comes in on a WebSocket, and how it closes (RFC 6455, 5 and 7). */
class WebSocketConnectionTest {
    private static final int MAX_PAYLOAD = 10;

    private final WebSocketClient client = new WebSocketClient(new Turns().context(), MAX_PAYLOAD);
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void hear() {
        client.connection.hear(new Hearing());
        client.connection.opened();
    }

    @Test
    void allOfThisSideIsWrittenInOnePlace() {
        assertThat(client.connection.channel(new Turns().context()))
                .isSameAs(client.connection.channel(new Turns().context()));
    }

    @Test
    void messagesMayComeInPieces() {
        client.send(new TextWebSocketFrame(false, 0, "on"));
        client.send(new ContinuationWebSocketFrame(false, 0, ""));
        client.send(new ContinuationWebSocketFrame(true, 0, "e"));
        client.send(new BinaryWebSocketFrame(false, 0, bytes("\1")));
        client.send(new ContinuationWebSocketFrame(true, 0, bytes("\2")));

        assertThat(heard).containsExactly("one", "binary 0102");
    }

    @Test
    void characterMayBeTornApart() {
        byte[] euro = "\u20ac".getBytes(StandardCharsets.UTF_8);

        client.send(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(euro, 0, 1)));
        client.send(new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(euro, 1, 2)));

        assertThat(heard).containsExactly("\u20ac");
    }

    @Test
    void answersToPingsThatNobodySentSayNothing() {
        client.send(new PongWebSocketFrame(bytes("!")));

        assertThat(heard).isEmpty();
    }

    @Test
    void pingsAreAnsweredAlsoBetweenThePiecesOfAMessage() {
        client.send(new TextWebSocketFrame(false, 0, "on"));
        client.send(new PingWebSocketFrame(bytes("?")));
        client.send(new ContinuationWebSocketFrame(true, 0, "e"));

        assertThat(client.got()).containsExactly("pong ?");
        assertThat(heard).containsExactly("one");
    }

    @Test
    void pingsOfAClientThatDoesNotReadAreNotAnswered() {
        client.server.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

        client.send(new PingWebSocketFrame(bytes("?")));

        assertThat(client.got()).isEmpty();
    }

    @Test
    void nothingIsAnsweredBehindTheCloseFrame() {
        client.connection.close(1000, "bye");

        client.send(new PingWebSocketFrame(bytes("?")));

        assertThat(client.got()).containsExactly("closed 1000 bye");
    }

    @Test
    void messagesAreBounded() {
        client.send(new TextWebSocketFrame("x".repeat(MAX_PAYLOAD)));
        client.send(new TextWebSocketFrame("x".repeat(MAX_PAYLOAD + 1)));

        assertThat(heard).containsExactly("x".repeat(MAX_PAYLOAD), "TOO_LARGE");
    }

    @Test
    void piecesTogetherAreBounded() {
        client.send(new TextWebSocketFrame(false, 0, "x".repeat(MAX_PAYLOAD)));
        client.send(new ContinuationWebSocketFrame(false, 0, "x"));
        client.send(new ContinuationWebSocketFrame(true, 0, "x"));
        client.send(new TextWebSocketFrame("late"));

        assertThat(heard).containsExactly("TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({
        "not masked, 8101" + "78",
        "a bit of an extension, C181" + "00000000" + "78",
        "an opcode that is none, 8381" + "00000000" + "78",
        "a control frame in pieces, 0981" + "00000000" + "78",
        "a piece of no message, 8081" + "00000000" + "78",
        "half a close code, 8881" + "00000000" + "03"
    })
    void framesThatMustNotBeEndIt(String what, String hex) {
        client.send(hex);
        client.send(new TextWebSocketFrame("late"));

        assertThat(heard).as(what).containsExactly("ILLEGAL_FRAME");
    }

    @ParameterizedTest
    @CsvSource({
        "a byte that there is not, ff",
        "half a character, e282",
        "half a pair of UTF-16, eda080",
        "more bytes than needed, c0af",
        "more than there are characters, f4908080",
    })
    void textIsUtf8(String what, String hex) {
        client.send(new TextWebSocketFrame(true, 0, hex(hex)));
        client.send(new TextWebSocketFrame("late"));

        assertThat(heard).as(what).containsExactly("NOT_UTF8");
    }

    @Test
    void textInPiecesIsUtf8() {
        client.send(new TextWebSocketFrame(false, 0, hex("e282")));
        client.send(new ContinuationWebSocketFrame(true, 0, "x"));

        assertThat(heard).containsExactly("NOT_UTF8");
    }

    @Test
    void replacementCharacterIsACharacter() {
        client.send(new TextWebSocketFrame("\uFFFD!"));

        assertThat(heard).containsExactly("\uFFFD!");
    }

    @Test
    void reasonOfTheClientIsUtf8() {
        client.send(new CloseWebSocketFrame(true, 0, hex("03e8ff")));

        assertThat(heard).containsExactly("NOT_UTF8");
    }

    @Test
    void clientThatClosesIsAnsweredWithItsCode() {
        client.send(new CloseWebSocketFrame(1001, "bye"));

        assertThat(client.got()).containsExactly("closed 1001 ");
        assertThat(heard).containsExactly("closed");
        assertThat(client.server.isOpen()).isFalse();
    }

    @Test
    void clientThatClosesWithoutACodeIsAnsweredThatAllIsWell() {
        client.send(new CloseWebSocketFrame());

        assertThat(client.got()).containsExactly("closed 1000 ");
    }

    @Test
    void connectionEndsWhenBothHaveClosed() {
        client.connection.close(1000, "bye");
        assertThat(client.server.isOpen()).isTrue();

        client.send(new CloseWebSocketFrame(1000, ""));

        assertThat(client.got()).containsExactly("closed 1000 bye");
        assertThat(client.server.isOpen()).isFalse();
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void closesOnce() {
        client.connection.close(1000, "bye");
        client.connection.close(1011, "again");

        assertThat(client.got()).containsExactly("closed 1000 bye");
    }

    @Test
    void whatComesWhilePausedIsHeardLaterInOrder() {
        client.connection.pause();
        client.send(new TextWebSocketFrame("one"));
        client.send(new TextWebSocketFrame("two"));
        assertThat(heard).isEmpty();

        client.connection.resume();
        client.send(new TextWebSocketFrame("three"));

        assertThat(heard).containsExactly("one", "two", "three");
    }

    @Test
    void whatComesBeforeItIsOpenIsHeardThen() {
        WebSocketClient hasty = new WebSocketClient(new Turns().context(), MAX_PAYLOAD);
        hasty.send(new TextWebSocketFrame("one"));
        hasty.connection.hear(new Hearing());
        hasty.send(new TextWebSocketFrame("two"));
        hasty.send("8181" + "00000000" + "ff");
        assertThat(heard).isEmpty();

        hasty.connection.opened();

        assertThat(heard).containsExactly("one", "two", "NOT_UTF8");
    }

    @Test
    void frameThatMustNotBeEndsItAlsoBeforeItIsOpen() {
        WebSocketClient hasty = new WebSocketClient(new Turns().context(), MAX_PAYLOAD);
        hasty.send(new TextWebSocketFrame("one"));
        hasty.send("8101" + "78");
        hasty.connection.hear(new Hearing());

        hasty.connection.opened();

        assertThat(heard).containsExactly("one", "ILLEGAL_FRAME");
    }

    @Test
    void whatIsHeldIsBounded() {
        client.connection.pause();
        for (int i = 0; i < 20_000; i++) {
            client.server.pipeline().fireChannelRead(new TextWebSocketFrame("hello"));
        }

        assertThat(heard).containsExactly("TOO_LARGE");
    }

    @Test
    void whatOneReadMayBringIsHeld() {
        client.connection.pause();
        for (int i = 0; i < 10_000; i++) {
            client.server.pipeline().fireChannelRead(new TextWebSocketFrame(""));
        }
        assertThat(heard).isEmpty();

        client.connection.resume();

        assertThat(heard).hasSize(10_000);
    }

    @Test
    void longestMessageIsHeldBesideThat() {
        String longest = "x".repeat(1_000_000);
        WebSocketClient large = new WebSocketClient(new Turns().context(), longest.length());
        large.connection.hear(new Hearing());
        large.connection.opened();
        large.connection.pause();
        large.server.pipeline().fireChannelRead(new TextWebSocketFrame(longest));
        for (int i = 0; i < 2_000; i++) {
            large.server.pipeline().fireChannelRead(new TextWebSocketFrame("hello"));
        }

        large.connection.resume();

        assertThat(heard).hasSize(2_001).doesNotContain("TOO_LARGE");
    }

    @Test
    void whatWasHeldIsGivenBackWhenTheClientGoes() {
        ByteBuf data = bytes("one");
        WebSocketFrame held = new TextWebSocketFrame(data);
        client.connection.pause();
        client.server.pipeline().fireChannelRead(held);

        client.close();

        assertThat(data.refCnt()).isZero();
        assertThat(heard).containsExactly("closed");
    }

    @Test
    void answerToTheRequestLeavesWithTheFirstFrame() {
        WebSocketClient asking = new WebSocketClient(new Turns().context(), MAX_PAYLOAD);
        asking.server.pipeline().writeAndFlush(bytes("101"));
        assertThat(asking.server.<ByteBuf>readOutbound()).isNull();

        asking.connection.opened();

        ByteBuf answer = asking.server.readOutbound();
        assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo("101");
        answer.release();
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    private static ByteBuf bytes(String ascii) {
        return Unpooled.copiedBuffer(ascii, StandardCharsets.US_ASCII);
    }

    private final class Hearing implements WebSocketConnection.Listener {
        @Override
        public void onText(String text) {
            heard.add(text);
        }

        @Override
        public void onBinary(byte[] data) {
            heard.add("binary " + HexFormat.of().formatHex(data));
        }

        @Override
        public void onFault(Transport.Fault fault) {
            heard.add(fault.name());
        }

        @Override
        public void onClosed() {
            heard.add("closed");
        }
    }
}
