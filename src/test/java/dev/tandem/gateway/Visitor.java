package dev.tandem.gateway;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.node.TandemNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** Somebody with a session, who gives the same commands on any door: over HTTP as the call that is equivalent. */
final class Visitor implements AutoCloseable {

    enum Door {
        HTTP,
        SOCKETIO,
        WEBSOCKET
    }

    private final String cookie;
    private final String user;
    private final Peer peer;

    private Visitor(String cookie, String user, Peer peer) {
        this.cookie = cookie;
        this.user = user;
        this.peer = peer;
    }

    /** A new guest, who comes in by that door. */
    static Visitor come(URI uri, Door door) {
        Response session = given().contentType(ContentType.JSON).body("{}").post("/api/session");
        String cookie = session.header("Set-Cookie").split(";")[0];
        return new Visitor(
                cookie, body(session).path("user").path("id").asText(), peer(uri, door, Map.of("Cookie", cookie)));
    }

    /** Who has that session already. */
    static Visitor of(URI uri, Door door, String cookie) {
        String user = given().header("Cookie", cookie).get("/api/session").path("user.id");
        return new Visitor(cookie, user, peer(uri, door, Map.of("Cookie", cookie)));
    }

    /** What concerns the user from now on reaches it. */
    private static Peer peer(URI uri, Door door, Map<String, String> headers) {
        Peer peer = connect(uri, door, headers);
        if (peer != null) {
            peer.welcomed();
        }
        return peer;
    }

    private static Peer connect(URI uri, Door door, Map<String, String> headers) {
        return switch (door) {
            case HTTP -> null;
            case SOCKETIO -> SocketIoPeer.connect(uri, headers);
            case WEBSOCKET ->
                PlainPeer.connect(URI.create("ws://" + uri.getHost() + ":" + uri.getPort() + "/ws"), headers);
        };
    }

    String user() {
        return user;
    }

    /** By which it is known. */
    Map<String, String> headers() {
        return Map.of("Cookie", cookie);
    }

    Peer peer() {
        return peer;
    }

    boolean hasSocket() {
        return peer != null;
    }

    /** The answer as sockets get it; of what HTTP answers, {@code ok} and the body, or {@code error} with the problem. */
    JsonNode say(String command, ObjectNode fields) {
        return peer == null ? call(command, fields) : Peer.await(peer.command(command, fields));
    }

    /** {@code ok}, or the code of what went wrong. */
    String outcome(String command, ObjectNode fields) {
        JsonNode answer = say(command, fields);
        return answer.path("ok").asBoolean()
                ? "ok"
                : answer.path("error").path("code").asText();
    }

    @Override
    public void close() {
        if (peer != null) {
            peer.close();
        }
    }

    private JsonNode call(String command, ObjectNode fields) {
        String room = "/api/rooms/" + fields.path("room").asText();
        String about = fields.path("user").asText();
        Response response = switch (command) {
            case "create" ->
                request(fields.deepCopy().put("id", fields.path("room").asText()))
                        .post("/api/rooms");
            case "room" -> request(null).get(room);
            case "update" -> request(fields).patch(room);
            case "delete" -> request(fields).delete(room);
            case "send" -> request(fields).post(room + "/messages");
            case "edit" -> request(fields).patch(message(room, fields));
            case "remove" -> request(fields).delete(message(room, fields));
            case "react" -> request(fields).put(message(room, fields) + "/reactions/{emoji}", emoji(fields));
            case "unreact" -> request(fields).delete(message(room, fields) + "/reactions/{emoji}", emoji(fields));
            case "reactions" -> request(null).get(message(room, fields) + "/reactions");
            case "read" -> request(fields).post(room + "/read");
            case "unread" -> request(null).get("/api/unread");
            case "changes" ->
                request(null)
                        .get(room + "/changes?since=" + fields.path("since").asLong());
            case "publish" -> request(fields).post(room + "/events");
            case "role" -> request(fields).put(room + "/roles/" + about);
            case "roles" -> request(null).get(room + "/roles");
            case "kick" -> request(fields).post(room + "/kicks");
            case "ban" -> request(fields).put(room + "/bans/" + about);
            case "unban" -> request(fields).delete(room + "/bans/" + about);
            case "bans" -> request(null).get(room + "/bans");
            case "mute" -> request(fields).put(room + "/mutes/" + about);
            case "unmute" -> request(fields).delete(room + "/mutes/" + about);
            case "mutes" -> request(null).get(room + "/mutes");
            case "invite" -> request(fields).post(room + "/invitations");
            case "revoke-invitations" -> request(fields).delete(room + "/invitations");
            default -> throw new IllegalArgumentException("no call for " + command);
        };
        return answer(response);
    }

    private static String message(String room, ObjectNode fields) {
        return room + "/messages/" + fields.path("seq").asText();
    }

    private static String emoji(ObjectNode fields) {
        return fields.path("emoji").asText();
    }

    private RequestSpecification request(ObjectNode body) {
        RequestSpecification request = given().header("Cookie", cookie);
        if (body == null) {
            return request;
        }
        if (body.has("version")) {
            request.header("If-Match", "\"" + body.get("version").asLong() + "\"");
        }
        return request.contentType(ContentType.JSON).body(body.toString());
    }

    private static JsonNode answer(Response response) {
        ObjectNode answer = Peer.fields().put("ok", response.statusCode() < 300);
        JsonNode body = body(response);
        if (response.statusCode() >= 300) {
            answer.set("error", body);
        } else if (body.isObject()) {
            answer.setAll((ObjectNode) body);
            answer.set("details", body);
        }
        return answer;
    }

    private static JsonNode body(Response response) {
        try {
            String body = response.body().asString();
            return body.isEmpty() ? Peer.fields() : TandemNode.JSON.readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
