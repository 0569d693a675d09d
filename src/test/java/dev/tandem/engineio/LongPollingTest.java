package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies long-polling as a client sees it: handshake, packets both ways, every way to break the rules, and every end. */
@QuarkusTest
@TestProfile(EchoProfile.class)
class LongPollingTest {
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

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
    void opensASessionAndOffersTheUpgrade() {
        HttpResponse<String> response = peer.get("EIO=4&transport=polling");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.body()).startsWith("0");
        JsonNode open = EngineIoPeer.json(response.body().substring(1));
        assertThat(open.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(open.path("sid").asText()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(open.path("upgrades").toString()).isEqualTo("[\"websocket\"]");
        assertThat(open.path("pingInterval").asInt()).isEqualTo(25_000);
        assertThat(open.path("pingTimeout").asInt()).isEqualTo(20_000);
        assertThat(open.path("maxPayload").asInt()).isEqualTo(1_000_000);
    }

    @Test
    void setsTheIdentitysCookieInTheHandshake() {
        HttpResponse<String> response = peer.get("EIO=4&transport=polling");

        assertThat(response.headers().firstValue("Set-Cookie").orElse("")).startsWith("connect.sid=");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "GET, EIO=4, 0",
                "GET, EIO=4&transport=abc, 0",
                "GET, EIO=4&transport=, 0",
                "POST, EIO=4&transport=abc, 0",
                "GET, EIO=4&transport=polling&sid=abc, 1",
                "POST, EIO=4&transport=polling&sid=abc, 1",
                "GET, EIO=4&transport=websocket&sid=abc, 1",
                "POST, EIO=4&transport=polling, 2",
                "PUT, EIO=4&transport=polling, 2",
                "DELETE, EIO=4&transport=polling, 2",
                "GET, EIO=4&transport=websocket, 3",
                "GET, transport=polling, 5",
                "GET, EIO=3&transport=polling, 5",
                "GET, EIO=abc&transport=polling, 5"
            })
    void refusesWithTheCodeOfTheReason(String method, String query, int code) {
        HttpResponse<String> response = peer.send(method, query, null).join();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(EngineIoPeer.json(response.body()).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void clientThatHasToWaitIsHeardAndAnsweredWhenItMayGoOn() {
        String sid = peer.open();
        sessions.pause(sid);
        CompletableFuture<HttpResponse<String>> poll = peer.poll(sid);
        CompletableFuture<HttpResponse<String>> post =
                CompletableFuture.supplyAsync(() -> peer.post(sid, "4one\u001e4two"));
        await().during(Duration.ofMillis(200)).until(() -> !post.isDone() && !poll.isDone());

        sessions.resume(sid);

        assertThat(post.join().statusCode()).isEqualTo(200);
        assertThat(poll.join().body()).isEqualTo("4one\u001e4two");
    }

    @Test
    void pathNeedsNoSlashAtTheEnd() {
        String open = io.restassured.RestAssured.get("/socket.io?EIO=4&transport=polling")
                .asString();

        assertThat(open).startsWith("0{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4hello",
                "4test1\u001e4test2\u001e4test3",
                "4hello\u001ebAQIDBA==",
                "4\u20ac\ud83d\ude00",
                "b",
                "4"
            })
    void sendsBackWhatWasPosted(String payload) {
        String sid = peer.open();

        HttpResponse<String> posted = peer.post(sid, payload);
        HttpResponse<String> polled = peer.poll(sid).join();

        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");
        assertThat(posted.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(polled.statusCode()).isEqualTo(200);
        assertThat(polled.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(polled.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(polled.body()).isEqualTo(payload);
    }

    @Test
    void answersAGetThatWaits() {
        String sid = peer.open();
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);

        peer.post(sid, "4hello");

        assertThat(get.join().body()).isEqualTo("4hello");
    }

    @Test
    void packsNoMoreThanMaxPayloadIntoAnAnswer() {
        String sid = peer.open();
        EngineIoSession session = sessions.session(sid);
        Stream.of("a", "b", "c").forEach(text -> session.send(EngineIoSession.message(text.repeat(400_000))));
        session.send(EngineIoSession.message("d".repeat(1_500_000)));

        List<Integer> sizes = Stream.generate(() -> peer.poll(sid).join().body().length())
                .limit(3)
                .toList();

        assertThat(sizes).containsExactly(800_003, 400_001, 1_500_001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "",
                "7",
                "4ok\u001e",
                "\u001e",
                "4ok\u001eabc",
                "b-_",
                "b=",
                "4ok\u001ebA",
                "0{}",
                "2",
                "2probe",
                "5",
                "6"
            })
    void malformedPostIsRefusedAndClosesTheSession(String payload) {
        String sid = peer.open();

        assertThat(peer.post(sid, payload).statusCode()).isEqualTo(400);

        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.PARSE_ERROR);
    }

    @Test
    void postThatIsNoTextIsRefusedAndClosesTheSession() {
        String sid = peer.open();

        int status = peer.send(
                        "POST", EngineIoPeer.query(sid), new byte[] {4}, "Content-Type", "application/octet-stream")
                .join()
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void postThatIsTooLongIsRefusedAndClosesTheSession() {
        String sid = peer.open();

        HttpResponse<String> response = peer.post(sid, "4" + "x".repeat(1_000_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void postThatIsMuchTooLongIsRefusedToo() {
        String sid = peer.open();

        assertThat(peer.post(sid, "4" + "x".repeat(8_000_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void postOfMaxPayloadIsTaken() {
        String sid = peer.open();

        assertThat(peer.post(sid, "4" + "x".repeat(999_999)).statusCode()).isEqualTo(200);
    }

    @Test
    void postOfTooManyPacketsIsRefused() {
        String sid = peer.open();

        assertThat(peer.post(sid, "4" + "\u001e4".repeat(10_000)).statusCode()).isEqualTo(400);
        await().until(() -> sessions.closed(sid) == CloseReason.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD"})
    void otherMethodsAreRefusedAndTheSessionStays(String method) {
        String sid = peer.open();

        int status = peer.send(method, EngineIoPeer.query(sid), null).join().statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(sessions.closed(sid)).isNull();
    }

    @Test
    void secondGetIsRefusedAndClosesTheSession() {
        String sid = peer.open();

        List<HttpResponse<String>> responses = Stream.of(peer.poll(sid), peer.poll(sid))
                .map(CompletableFuture::join)
                .toList();

        assertThat(responses).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 400);
        assertThat(responses).extracting(HttpResponse::body).contains("1");
        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void secondPostIsRefusedAndClosesTheSession() throws IOException {
        String sid = peer.open();
        try (Socket unfinished = request("POST", sid, "Content-Length: 100\r\n\r\n4unfini")) {
            await().until(() -> peer.post(sid, "3").statusCode() == 400);

            assertThat(firstLine(unfinished)).isEqualTo("HTTP/1.1 400 Bad Request");
        }
        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void clientThatGivesUpItsGetIsGone() throws IOException {
        String sid = peer.open();
        Socket get = request("GET", sid, "\r\n");
        await().until(() -> writable(sid));

        get.close();

        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_CLOSE);
        assertUnknown(sid);
    }

    @Test
    void clientThatGivesUpItsPostIsGone() throws IOException {
        String sid = peer.open();
        Socket post = request("POST", sid, "Content-Length: 100\r\n\r\n4unfini");

        post.close();

        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_CLOSE);
        assertUnknown(sid);
    }

    @Test
    void clientSaysGoodbyeAndItsGetEnds() {
        String sid = peer.open();
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);
        await().until(() -> writable(sid));

        assertThat(peer.post(sid, "1").body()).isEqualTo("ok");

        assertThat(get.join().body()).isEqualTo("6");
        assertUnknown(sid);
        await().until(() -> sessions.closed(sid) == CloseReason.CLIENT_CLOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORCED_CLOSE", "SERVER_SHUTTING_DOWN"})
    void serverSaysGoodbyeToAGetThatWaits(CloseReason reason) {
        String sid = peer.open();
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);
        await().until(() -> writable(sid));

        sessions.session(sid).close(reason);

        assertThat(get.join().body()).isEqualTo("1");
        await().until(() -> sessions.closed(sid) == reason);
        assertUnknown(sid);
    }

    @Test
    void serverSaysGoodbyeInTheNextAnswerAfterWhatWasSentBefore() {
        String sid = peer.open();
        sessions.session(sid).send(EngineIoSession.message("last words"));
        sessions.session(sid).close(CloseReason.FORCED_CLOSE);

        HttpResponse<String> answer = peer.poll(sid).join();

        assertThat(answer.body()).isEqualTo("4last words\u001e1");
        assertUnknown(sid);
    }

    @Test
    void clientThatDoesNotFetchTheGoodbyeIsForgotten() {
        String sid = peer.open();

        sessions.session(sid).close(CloseReason.FORCED_CLOSE);

        await().until(() -> peer.post(sid, "3").body().equals(UNKNOWN));
    }

    @Test
    void clientThatDoesNotFetchIsTooSlow() {
        String sid = peer.open();
        EngineIoSession session = sessions.session(sid);

        for (int i = 0; i < 5; i++) {
            session.send(EngineIoSession.message("x".repeat(1_000_000)));
        }

        await().until(() -> sessions.closed(sid) == CloseReason.TOO_SLOW);
        assertUnknown(sid);
    }

    @Test
    void volatileMessagesDoNotWaitForAGet() {
        String sid = peer.open();
        EngineIoSession session = sessions.session(sid);

        session.sendVolatile(EngineIoSession.message("dropped"));
        session.send(EngineIoSession.message("kept"));

        assertThat(peer.poll(sid).join().body()).isEqualTo("4kept");
    }

    @Test
    void volatileMessagesReachAGetThatWaits() {
        String sid = peer.open();
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);
        await().until(() -> writable(sid));

        sessions.session(sid).sendVolatile(EngineIoSession.message("now"));

        assertThat(get.join().body()).isEqualTo("4now");
    }

    private boolean writable(String sid) {
        return sessions.session(sid).isWritable();
    }

    private void assertUnknown(String sid) {
        HttpResponse<String> response = peer.poll(sid).join();
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(UNKNOWN);
    }

    /** A request that is written as it is, so that it can stay unfinished. */
    private Socket request(String method, String sid, String rest) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        String head = method + " /socket.io/?" + EngineIoPeer.query(sid) + " HTTP/1.1\r\nHost: " + uri.getAuthority();
        out.write((head + "\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(24), StandardCharsets.US_ASCII);
    }
}
