package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;

/** Hears how a broadcast with acks goes on, on this node. Called on any thread, at times on several at once. */
public interface AckObserver {
    AckObserver NONE = new AckObserver() {
        @Override
        public void onClients(int count) {
            // nobody wants to know
        }

        @Override
        public void onAck(JsonNode reply) {
            // nobody wants to know
        }
    };

    /** So many clients were asked. Called once, before the first answer. */
    void onClients(int count);

    /** One of them answered. */
    void onAck(JsonNode reply);
}
