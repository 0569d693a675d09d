package dev.tandem.gateway.websocket;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.id.RoomId;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Outbounds;
import dev.tandem.outbound.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that the plain door takes UTF-8 and no other text, and no frame that must not be, as they are on the network. */
@QuarkusTest
class StrictFramesTest {
    private static final int FINAL_TEXT = 0x81;
    private static final int FIRST_PART = 0x01;
    private static final int LAST_PART = 0x80;
    private static final int CLOSE = 0x88;
    private static final int RESERVED_BIT = 0x40;
    private static final int NO_OPCODE = 0x83;
    private static final int NOT_BEGUN = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    @TestHTTPResource("/ws")
    URI uri;

    @Inject
    MeterRegistry registry;

    @Inject
    Outbounds outbounds;

    @Inject
    Vertx vertx;

    private Socket socket;
    private DataInputStream in;
    private OutputStream out;

    @BeforeEach
    void connect() throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        String handshake = "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n";
        out.write(handshake.formatted(uri.getAuthority()).getBytes(ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(text(FINAL_TEXT)).contains("\"welcome\"");
    }

    @AfterEach
    void disconnect() throws IOException {
        socket.close();
    }

    @ParameterizedTest
    @CsvSource({
        "no byte of UTF-8, ff",
        "a character longer than need be, c0af",
        "half of a surrogate pair, eda080",
        "past the last character, f4908080",
        "a character that is cut off, e282"
    })
    void textThatIsNotUtf8ClosesWith1007(String what, String hex) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("{\"cmd\":\"".getBytes(UTF_8));
        text.write(HexFormat.of().parseHex(hex));
        text.write("\"}".getBytes(UTF_8));

        write(FINAL_TEXT, text.toByteArray());

        assertThat(closeCode()).as(what).isEqualTo(1007);
    }

    @Test
    void characterMayBeginInOneFrameAndEndInTheNext() throws IOException {
        byte[] whole = "{\"cmd\":\"\u20ac\",\"ref\":\"\ud83d\ude00\"}".getBytes(UTF_8);
        byte[] first = Arrays.copyOf(whole, 9);
        byte[] rest = Arrays.copyOfRange(whole, 9, whole.length);

        write(FIRST_PART, first);
        write(LAST_PART, rest);

        assertThat(text(FINAL_TEXT)).contains("invalid_command").contains("\ud83d\ude00");
    }

    @Test
    void characterMustEndWithTheMessage() throws IOException {
        write(FIRST_PART, HexFormat.of().parseHex("22e2"));
        write(LAST_PART, HexFormat.of().parseHex("82"));

        assertThat(closeCode()).isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(ints = {FINAL_TEXT, FINAL_TEXT | RESERVED_BIT, NO_OPCODE})
    void nothingBehindItIsHeard(int head) throws IOException {
        String room = RoomId.random().value();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(frame(head, new byte[] {(byte) 0xff}));
        both.write(frame(
                FINAL_TEXT,
                "{\"cmd\":\"create\",\"room\":\"%s\"}".formatted(room).getBytes(UTF_8)));

        out.write(both.toByteArray());

        assertThat(closeCode()).isIn(1002, 1007);
        // Redis carries out in order what the node asks of it: a room that had been asked for would be there.
        given().get("/api/rooms/{room}", room).then().statusCode(404);
    }

    @Test
    void onlyACloseFramePassesBehindIt() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new StrictFrames(outbounds.open(vertx.getOrCreateContext(), new DeafWire())));

        channel.writeInbound(new TextWebSocketFrame("before"));
        channel.writeInbound(new TextWebSocketFrame(true, 1, "reserved"));
        channel.writeInbound(new TextWebSocketFrame("behind"), new PingWebSocketFrame(), new CloseWebSocketFrame());

        assertThat(channel.inboundMessages())
                .hasExactlyElementsOfTypes(TextWebSocketFrame.class, CloseWebSocketFrame.class);
        channel.finishAndReleaseAll();
    }

    private static final class DeafWire implements Wire {
        @Override
        public Future<Void> write(Burst burst) {
            return Future.succeededFuture();
        }

        @Override
        public void close(int code, String reason) {}
    }

    @Test
    void itIsCounted() throws IOException {
        double before = closed("not UTF-8");

        write(FINAL_TEXT, new byte[] {(byte) 0xff});
        closeCode();
        socket.close();

        await().untilAsserted(() -> assertThat(closed("not UTF-8")).isEqualTo(before + 1));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                FINAL_TEXT | RESERVED_BIT,
                FINAL_TEXT | RESERVED_BIT >> 1,
                FINAL_TEXT | RESERVED_BIT >> 2,
                NO_OPCODE,
                NOT_BEGUN
            })
    void frameThatMustNotBeClosesWith1002AndIsCounted(int head) throws IOException {
        double before = closed("protocol error");

        write(head, "{\"cmd\":\"rooms\",\"ref\":1}".getBytes(UTF_8));
        assertThat(closeCode()).isEqualTo(1002);
        socket.close();

        await().untilAsserted(() -> assertThat(closed("protocol error")).isEqualTo(before + 1));
    }

    @Test
    void frameThatIsFarTooLongClosesWith1009BeforeItHasCome() throws IOException {
        double before = closed("message too big");

        out.write(new byte[] {(byte) FINAL_TEXT, (byte) (MASKED | LONG_LENGTH), 0, 0, 0, 0, 0x7f, 0, 0, 0});
        assertThat(closeCode()).isEqualTo(1009);
        socket.close();

        await().untilAsserted(() -> assertThat(closed("message too big")).isEqualTo(before + 1));
    }

    private double closed(String reason) {
        return registry.counter("tandem.sockets.closed", "door", "websocket", "reason", reason)
                .count();
    }

    private void write(int head, byte[] payload) throws IOException {
        out.write(frame(head, payload));
    }

    private static byte[] frame(int head, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        frame.write(MASKED | payload.length);
        frame.write(new byte[4]);
        frame.write(payload);
        return frame.toByteArray();
    }

    private String text(int expected) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(expected);
        int length = in.readUnsignedByte();
        return new String(in.readNBytes(length < SHORT_LENGTH ? length : in.readUnsignedShort()), UTF_8);
    }

    private int closeCode() throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(CLOSE);
        in.readUnsignedByte();
        return in.readUnsignedShort();
    }
}
