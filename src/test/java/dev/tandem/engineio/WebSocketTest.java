package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.engineio.EngineIoPeer.Socket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies sessions over WebSocket as a client sees them: handshake, packets both ways, and every end. */
@QuarkusTest
@TestProfile(EchoProfile.class)
class WebSocketTest {
    private static final int CLOSE_FRAME = 0x88;

    @TestHTTPResource("/")
    URI uri;

    @Inject
    EchoListener sessions;

    private EngineIoPeer peer;

    @BeforeEach
    void createPeer() {
        peer = new EngineIoPeer(uri);
    }

    @Test
    void opensASessionAndOffersNoUpgrade() {
        JsonNode open = EngineIoPeer.json(connect().next().substring(1));

        assertThat(open.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(open.path("upgrades").toString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "EIO=4, 0",
        "EIO=4&transport=abc, 0",
        "EIO=4&transport=websocket&sid=abc, 1",
        "EIO=4&transport=polling, 3",
        "transport=websocket, 5",
        "EIO=abc&transport=websocket, 5"
    })
    void refusesBeforeTheUpgradeWithTheCodeOfTheReason(String query, int code) {
        assertThatThrownBy(() -> peer.webSocket(query)).hasStackTraceContaining("status code 400");
        HttpResponse<String> raw = peer.send("GET", query, null, "Sec-WebSocket-Key", "x3JJHMbDL1EzLkh9GBhXDw==")
                .join();
        assertThat(EngineIoPeer.json(raw.body()).path("code").asInt()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Upgrade, websocket, 13, x3JJHMbDL1EzLkh9GBhXDw==, 101",
                "'keep-alive, Upgrade', WebSocket, 13, x3JJHMbDL1EzLkh9GBhXDw==, 101",
                "-, websocket, 13, x3JJHMbDL1EzLkh9GBhXDw==, 400",
                "keep-alive, websocket, 13, x3JJHMbDL1EzLkh9GBhXDw==, 400",
                "Upgrade, -, 13, x3JJHMbDL1EzLkh9GBhXDw==, 400",
                "Upgrade, websocket, 13, short, 400",
                "Upgrade, websocket, 13, x3JJHMbDL1EzLkh9GBhX, 400",
                "Upgrade, websocket, 8, x3JJHMbDL1EzLkh9GBhXDw==, 426",
                "Upgrade, websocket, -, x3JJHMbDL1EzLkh9GBhXDw==, 426"
            })
    void takesTheHandshakeOfTheSpecificationOnly(
            String connection, String upgrade, String version, String key, int status) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);

            socket.getOutputStream().write(handshake(connection, upgrade, version, key));

            assertThat(line(socket)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 1, 400", "Transfer-Encoding: chunked, 400", "Content-Length: 0, 101"})
    void takesNoHandshakeThatHasABody(String header, int status) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);

            socket.getOutputStream().write(handshakeWith(header));

            assertThat(line(socket)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void countsHandshakesThatItDoesNotTake() throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);

            socket.getOutputStream().write(handshake("Upgrade", "websocket", "8", "x3JJHMbDL1EzLkh9GBhXDw=="));

            assertThat(line(socket)).contains(" 426 ");
        }
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("tandem_socketio_refused_total{reason=\"upgrade_required\"");
    }

    @Test
    void answersWithTheProofAndTheSubProtocolAndNoLength() throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);

            socket.getOutputStream().write(handshakeWith("Sec-WebSocket-Protocol: other, tandem"));

            List<String> head = new ArrayList<>();
            for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
                head.add(line.toLowerCase(Locale.ROOT));
            }
            assertThat(head)
                    .contains(
                            "upgrade: websocket",
                            "connection: upgrade",
                            "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=",
                            "sec-websocket-protocol: tandem")
                    .noneMatch(line -> line.startsWith("content-length") || line.startsWith("transfer-encoding"));
        }
    }

    @Test
    void sendsBackTextAndBinary() {
        Socket socket = connect();
        socket.next();

        socket.send("4hello", "4\u20ac\ud83d\ude00");
        socket.send(new byte[] {1, 2, 3});
        socket.send(new byte[0]);

        assertThat(socket.next()).isEqualTo("4hello");
        assertThat(socket.next()).isEqualTo("4\u20ac\ud83d\ude00");
        assertThat(socket.next()).isEqualTo("binary 010203");
        assertThat(socket.next()).isEqualTo("binary ");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 1002, PARSE_ERROR",
        "'', 1002, PARSE_ERROR",
        "7, 1002, PARSE_ERROR",
        "0{}, 1002, PARSE_ERROR",
        "2, 1002, PARSE_ERROR",
        "2probe, 1002, PARSE_ERROR",
        "bAQID, 1002, PARSE_ERROR",
        "1, 1000, CLIENT_CLOSE"
    })
    void endsWithTheReasonThatTheClientGave(String frame, int code, CloseReason reason) {
        Socket socket = connect();
        String sid = sid(socket);

        socket.send(frame);

        assertThat(socket.next()).isEqualTo(EngineIoPeer.CLOSED + code);
        await().until(() -> sessions.closed(sid) == reason);
    }

    @Test
    void nothingIsHeardAfterWhatEndsTheSession() {
        Socket socket = connect();
        socket.next();

        socket.send("4before", "abc", "4after");

        assertThat(socket.next()).isEqualTo("4before");
        assertThat(socket.next()).isEqualTo(EngineIoPeer.CLOSED + "1002");
    }

    @Test
    void messageThatIsTooLongEndsTheSession() {
        Socket socket = connect();
        String sid = sid(socket);

        socket.send("4" + "x".repeat(1_000_000));

        assertThat(socket.next()).isEqualTo(EngineIoPeer.CLOSED + "1009");
        await().until(() -> sessions.closed(sid) == CloseReason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void binaryMessageThatIsTooLongEndsTheSession() {
        Socket socket = connect();
        String sid = sid(socket);

        socket.send(new byte[1_000_001]);

        assertThat(socket.next()).isEqualTo(EngineIoPeer.CLOSED + "1009");
        await().until(() -> sessions.closed(sid) == CloseReason.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({
        "not masked, 8101" + "78, 1002, ILLEGAL_FRAME",
        "a piece of no message, 8081" + "00000000" + "78, 1002, ILLEGAL_FRAME",
        "not UTF-8, 8181" + "00000000" + "ff, 1007, NOT_UTF8"
    })
    void frameThatMustNotBeEndsTheSession(String what, String hex, int code, CloseReason reason) throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            String sid = openUnread(socket);

            socket.getOutputStream().write(HexFormat.of().parseHex(hex));

            assertThat(closeCode(socket)).as(what).isEqualTo(code);
            await().until(() -> sessions.closed(sid) == reason);
        }
    }

    @Test
    void sessionEndsWithItsSocket() {
        Socket socket = connect();
        String sid = sid(socket);

        socket.close();

        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_CLOSE);
    }

    @Test
    void sessionEndsWithItsConnection() {
        Socket socket = connect();
        String sid = sid(socket);

        socket.abort();

        await().until(() -> sessions.closed(sid) != null);
        assertThat(sessions.closed(sid)).isIn(CloseReason.TRANSPORT_ERROR, CloseReason.TRANSPORT_CLOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORCED_CLOSE", "SERVER_SHUTTING_DOWN"})
    void serverEndsTheSessionAfterWhatItSentBefore(CloseReason reason) {
        Socket socket = connect();
        String sid = sid(socket);

        sessions.session(sid).send(EngineIoSession.message("last words"));
        sessions.session(sid).close(reason);

        assertThat(socket.next()).isEqualTo("4last words");
        assertThat(socket.next()).isEqualTo(EngineIoPeer.CLOSED + reason.code());
        await().until(() -> sessions.closed(sid) == reason);
    }

    @Test
    void clientThatDoesNotReadIsTooSlowAndIsCut() throws IOException {
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            String sid = openUnread(socket);
            EngineIoSession session = sessions.session(sid);

            await().until(() -> {
                session.send(EngineIoSession.message("x".repeat(1_000_000)));
                return sessions.closed(sid) == CloseReason.TOO_SLOW;
            });

            await().until(() -> peer.poll(sid).join().body().contains("unknown"));
        }
    }

    @Test
    void pollingIsRefusedOnASessionOverWebSocket() {
        String sid = sid(connect());

        HttpResponse<String> response = peer.poll(sid).join();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(EngineIoPeer.json(response.body()).path("code").asInt()).isEqualTo(3);
    }

    private Socket connect() {
        return peer.webSocket("EIO=4&transport=websocket");
    }

    private static String sid(Socket socket) {
        return EngineIoPeer.json(socket.next().substring(1)).path("sid").asText();
    }

    /** A request to become a WebSocket; without the headers that are null. */
    private byte[] handshake(String connection, String upgrade, String version, String key) {
        StringBuilder request = new StringBuilder("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n");
        List<String> names = List.of("Host", "Connection", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key");
        Iterator<String> values = Arrays.asList(uri.getAuthority(), connection, upgrade, version, key)
                .iterator();
        names.forEach(name -> {
            String value = values.next();
            request.append(value == null ? "" : name + ": " + value + "\r\n");
        });
        return request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A good one, and one more header. */
    private byte[] handshakeWith(String header) {
        byte[] request = handshake("Upgrade", "websocket", "13", "dGhlIHNhbXBsZSBub25jZQ==");
        return new String(request, StandardCharsets.US_ASCII)
                .replace("Host:", header + "\r\nHost:")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(java.net.Socket socket) throws IOException {
        StringBuilder got = new StringBuilder();
        while (got.indexOf("\r\n") < 0) {
            got.append((char) socket.getInputStream().read());
        }
        return got.substring(0, got.length() - 2);
    }

    /** Reads on to the server's close frame. */
    private static int closeCode(java.net.Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int read = 0; read != CLOSE_FRAME; ) {
            read = in.readUnsignedByte();
        }
        in.readByte();
        return in.readUnsignedShort();
    }

    /** Opens a session, reads the open packet and then nothing more. */
    private String openUnread(java.net.Socket socket) throws IOException {
        socket.getOutputStream().write(handshake("Upgrade", "websocket", "13", "x3JJHMbDL1EzLkh9GBhXDw=="));
        StringBuilder got = new StringBuilder();
        while (!got.toString().contains("\"maxPayload\"")) {
            got.append((char) socket.getInputStream().read());
        }
        int start = got.indexOf("\"sid\":\"") + 7;
        return got.substring(start, got.indexOf("\"", start));
    }
}
