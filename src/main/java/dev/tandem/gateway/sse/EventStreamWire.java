package dev.tandem.gateway.sse;

import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Frames on a response that does not end. There are no close codes: who does not read is cut off, to others the response ends. */
record EventStreamWire(HttpServerRequest request, HttpServerResponse response) implements Wire {

    @Override
    public Future<Void> write(Burst burst) {
        if (response.closed() || response.ended()) {
            return Future.failedFuture("closed");
        }
        Buffer all = Buffer.buffer(burst.bytes());
        for (Frame.Single frame : burst.frames()) {
            if (frame instanceof Frame.Text text) {
                all.appendBytes(text.utf8());
            }
        }
        return response.write(all);
    }

    @Override
    public boolean isWritable() {
        return !response.writeQueueFull();
    }

    @Override
    public void close(int code, String reason) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (code == Outbound.TOO_SLOW) {
            cutOff();
        } else {
            response.end();
        }
    }

    /**
     * What waits is never read, so that it must not be waited for, as the connection's own handler does when the channel is closed: hence
     * from that handler on. Over HTTP/1.1 the connection has nothing else to carry.
     */
    private void cutOff() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            ((ConnectionBase) request.connection()).channelHandlerContext().close();
        }
    }
}
