package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.session.IdentityProfile;
import dev.tandem.session.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Verifies that where there are no guests nobody comes in without proof, and whoever has one does. */
@QuarkusTest
@TestProfile(NoGuestsTest.Closed.class)
class NoGuestsTest {

    public static class Closed extends IdentityProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("tandem.identity.guests", "false");
            settings.put("tandem.websocket.auth-timeout", "3s");
            return settings;
        }
    }

    @TestHTTPResource("/")
    URI uri;

    @Test
    void nobodyIsServedOverHttp() {
        given().get("/api/rooms").then().statusCode(401).body("code", equalTo("unauthenticated"));
        given().contentType(ContentType.JSON).post("/api/session").then().statusCode(401);
        given().header("Authorization", "Bearer " + TestTokens.of("ada"))
                .get("/api/rooms")
                .then()
                .statusCode(200);
    }

    @Test
    void nobodyComesInOverSocketIoWithoutAToken() {
        assertThatThrownBy(() -> SocketIoPeer.connect(uri)).hasStackTraceContaining("unauthenticated");
        try (SocketIoPeer ada = SocketIoPeer.connect(uri, Map.of("token", TestTokens.of("ada")), Map.of())) {
            assertThat(ada.socket().connected()).isTrue();
        }
    }

    @Test
    void plainSocketThatSaysNothingIsClosed() {
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            assertThat(peer.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
            assertThat(peer.events("welcome")).isEmpty();
        }
    }

    @Test
    void plainSocketThatSaysSomethingElseFirstIsClosed() {
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            JsonNode answer = Peer.await(peer.command("join", Peer.fields().put("room", "lobby")));

            assertThat(answer.path("error").path("code").asText()).isEqualTo("unauthenticated");
            assertThat(peer.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
        }
    }

    @Test
    void plainSocketThatShowsATokenFirstComesIn() {
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            JsonNode answer = Peer.await(peer.command("auth", Peer.fields().put("token", TestTokens.of("ada"))));

            assertThat(answer.path("user").path("id").asText()).isEqualTo("ada");
            assertThat(peer.events("welcome")).hasSize(1);
        }
    }

    private URI ws() {
        return URI.create("ws://" + uri.getAuthority() + "/ws");
    }
}
