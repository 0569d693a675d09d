package dev.tandem.gateway.sse;

import dev.tandem.gateway.Connection;
import dev.tandem.id.RoomId;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import io.vertx.core.Context;

/** A reader's response, which ends when the reader may not hear the room any more. */
record StreamConnection(Outbound outbound, Context context) implements Connection {
    private static final int OVER = 1000;

    @Override
    public boolean isOpen() {
        return outbound.isOpen();
    }

    @Override
    public void send(Frame frame) {
        outbound.send(frame);
    }

    @Override
    public void putOut() {
        outbound.close(OVER, "put out");
    }

    /** Why, is on its way to all who were in the room, and would not be sent any more to who is being closed. */
    @Override
    public void onLeft(RoomId room) {
        context.runOnContext(turn -> outbound.close(OVER, "not in the room"));
    }
}
