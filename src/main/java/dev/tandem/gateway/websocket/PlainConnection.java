package dev.tandem.gateway.websocket;

import dev.tandem.gateway.Connection;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;

/** A client's plain WebSocket. */
record PlainConnection(Outbound outbound, Reading reading) implements Connection {
    /** Close code: put out. */
    private static final int PUT_OUT = 4403;

    @Override
    public void pause() {
        reading.pause();
    }

    @Override
    public void resume() {
        reading.resume();
    }

    @Override
    public void putOut() {
        outbound.close(PUT_OUT, "put out");
    }

    @Override
    public boolean isOpen() {
        return outbound.isOpen();
    }

    @Override
    public void send(Frame frame) {
        outbound.send(frame);
    }
}
