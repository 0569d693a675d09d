package dev.tandem.gateway;

import static io.restassured.RestAssured.given;

import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody with a session and any number of connections. */
final class Tabs implements AutoCloseable {
    private final URI uri;
    private final String cookie;
    private final String user;
    private final List<Peer> peers = new ArrayList<>();

    private Tabs(URI uri, String cookie, String user) {
        this.uri = uri;
        this.cookie = cookie;
        this.user = user;
    }

    /** A new user of that name, without connections. */
    static Tabs of(URI uri, String name) {
        Response begun =
                given().contentType(ContentType.JSON).body(Map.of("name", name)).post("/api/session");
        return new Tabs(uri, begun.header("Set-Cookie").split(";")[0], begun.path("user.id"));
    }

    String user() {
        return user;
    }

    /** What says on HTTP who it is. */
    String cookie() {
        return cookie;
    }

    /** One more connection, in that room. */
    Peer open(Visitor.Door door, String room) {
        Map<String, String> headers = Map.of("Cookie", cookie);
        Peer peer = door == Visitor.Door.SOCKETIO
                ? SocketIoPeer.connect(uri, headers)
                : PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), headers);
        peers.add(peer);
        peer.join(room);
        return peer;
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }
}
