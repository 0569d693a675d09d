package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Waits for one ack of one socket. One of the two is called, once at most, on any thread. */
public interface AckListener {

    /** The client answered. */
    void onAck(List<JsonNode> arguments);

    /** The client went without an answer. */
    void onGone();
}
