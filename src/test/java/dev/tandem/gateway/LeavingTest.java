package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.redis.Commands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** Verifies that a node knows of clients that are gone how many have not left yet, for which it waits when it stops. */
@QuarkusTest
class LeavingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(1_500);

    @TestHTTPResource("/")
    URI uri;

    @TestHTTPResource("/ws")
    URI plain;

    @Inject
    Gateway gateway;

    @Inject
    Commands commands;

    @Test
    void whoIsGoneIsLeavingUntilRedisHasTakenIt() {
        String room = newRoom();

        await().atMost(SOON).until(() -> areSeenLeaving(room));

        await().atMost(SOON).until(() -> gateway.leaving() == 0);
        assertThat(present(room)).isZero();
    }

    /** While Redis pauses; false if the node did not hear in time that they are gone, or heard of one before the other. */
    private boolean areSeenLeaving(String room) {
        await().atMost(SOON).until(() -> gateway.leaving() == 0);
        URI ws = URI.create(plain.toString().replaceFirst("http", "ws"));
        List<Peer> peers = List.of(PlainPeer.connect(ws), SocketIoPeer.connect(uri));
        peers.forEach(peer -> Peer.await(peer.command("join", Peer.fields().put("room", room))));
        commands.read(Request.cmd(Command.CLIENT)
                        .arg("PAUSE")
                        .arg(PAUSE.toMillis())
                        .arg("WRITE"))
                .await()
                .atMost(SOON);
        peers.forEach(Peer::close);
        try {
            await().atMost(PAUSE).pollInterval(Duration.ofMillis(5)).until(() -> gateway.leaving() == peers.size());
            return true;
        } catch (ConditionTimeoutException tooLate) {
            return false;
        }
    }

    private static String newRoom() {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private int present(String room) {
        return commands.read(Request.cmd(Command.HLEN).arg("room:{" + room + "}:presence"))
                .await()
                .atMost(SOON)
                .toInteger();
    }
}
