package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A client may not into a namespace, and is told so: its {@code connect_error} has this message and, if given, this data. */
public final class ConnectRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode data;

    public ConnectRefused(String message) {
        super(message, null, false, false);
        this.data = null;
    }

    public ConnectRefused(String message, Object data) {
        super(message, null, false, false);
        this.data = Values.of(data);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("message", getMessage());
        if (data != null) {
            json.set("data", data);
        }
        return json;
    }
}
