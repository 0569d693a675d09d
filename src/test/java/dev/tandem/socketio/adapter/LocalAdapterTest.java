package dev.tandem.socketio.adapter;

import java.time.Duration;

/** Verifies that the adapter of a node on its own keeps the contract. */
class LocalAdapterTest extends AdapterContract {

    @Override
    protected Adapter create() {
        return new LocalAdapter(namespace, new AdapterConfig() {
            @Override
            public int maxRooms() {
                return MAX_ROOMS;
            }

            @Override
            public Duration ackTimeout() {
                return ACK_TIMEOUT;
            }
        });
    }
}
