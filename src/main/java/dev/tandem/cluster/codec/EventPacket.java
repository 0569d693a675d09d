package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.OptionalLong;

/**
 * An event of Socket.IO for the clients of a namespace. {@code data} is its name, a text or a number, and its arguments; {@code
 * id} asks each client for an ack, which today's peers leave to the server that the client is on.
 */
public record EventPacket(String namespace, ArrayNode data, OptionalLong id) {
    /** An event whose id, if it needs one, is the business of each server. */
    public EventPacket(String namespace, ArrayNode data) {
        this(namespace, data, OptionalLong.empty());
    }

    public String name() {
        return data.get(0).asText();
    }
}
