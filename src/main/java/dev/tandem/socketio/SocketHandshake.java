package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.Handshake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a client came into a namespace.
 *
 * @param request the request by which its session began
 * @param auth what it gave with CONNECT: an object, empty if it gave nothing; not to be changed in place
 */
public record SocketHandshake(Handshake request, JsonNode auth) {
    /** What is told to no other server: who has it could say that it is this client. */
    private static final Set<String> SECRET_HEADERS =
            Set.of("cookie", "authorization", "proxy-authorization", "x-api-key", "sec-websocket-protocol");

    private static final List<String> SECRETS = List.of("token", "pid", "offset");

    /** Most give nothing, and keep nothing here. */
    @Override
    public JsonNode auth() {
        return auth.isMissingNode() ? JsonNodeFactory.instance.objectNode() : auth;
    }

    /** What the client gave, as it is kept: missing if that was nothing. */
    JsonNode kept() {
        return auth;
    }

    public String address() {
        return request.address();
    }

    /** When the session began. */
    public Instant at() {
        return request.at();
    }

    public Map<String, String> query() {
        return request.query();
    }

    /** The headers of the request by which the session began, by their names in lower case; cookies and credentials are among them. */
    public Map<String, String> headers() {
        return request.headers().asMap();
    }

    /** Who the caller is, as the gate of the sessions found it: minted by this server, whatever the client says. */
    public Object identity() {
        return request.identity();
    }

    /** As the servers of a cluster tell each other; not who the caller is, nor what would prove it. */
    JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = json.putObject("headers");
        headers().forEach((name, value) -> {
            if (!SECRET_HEADERS.contains(name)) {
                headers.put(name, value);
            }
        });
        json.put("time", at().toString()).put("address", address()).put("issued", at().toEpochMilli());
        json.put("xdomain", false).put("secure", false).put("url", "/socket.io/");
        query().forEach(json.putObject("query")::put);
        json.set("auth", told(auth()));
        return json;
    }

    private static JsonNode told(JsonNode auth) {
        return auth instanceof ObjectNode fields ? fields.deepCopy().without(SECRETS) : auth;
    }
}
