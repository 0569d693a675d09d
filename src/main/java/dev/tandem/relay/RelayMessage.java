package dev.tandem.relay;

import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Frame;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What two nodes say to each other about clients that came in at one of them, the entry, for sessions of the other, the owner. {@code
 * id} numbers a request, and the socket that may become of it; the entry gives it out.
 */
sealed interface RelayMessage {

    /** From the entry. */
    sealed interface ToOwner extends RelayMessage {
        long id();
    }

    /** From the owner. */
    sealed interface ToEntry extends RelayMessage {}

    /** Something of the direction {@code link}, in which this is the answer, was not heard: all that went that way is over. */
    record Lost(long link) implements RelayMessage {}

    /** A GET, to be {@link Answered}. */
    record Poll(long id, String sid) implements ToOwner {}

    /** A POST, to be {@link Answered}; its {@link Body} follows. */
    record Post(long id, String sid, String contentType) implements ToOwner {}

    /** The body of a POST; the data are empty unless it is whole. */
    record Body(long id, State state, Buffer data) implements ToOwner {
        enum State {
            WHOLE,
            TOO_LARGE,
            /** The client went away meanwhile. */
            CUT
        }
    }

    /** A WebSocket wants to take over, to be {@link Opened}, or {@link Answered} with a refusal. */
    record Open(long id, String sid) implements ToOwner {}

    /** The client gave up a request before it was answered. */
    record Abort(long id) implements ToOwner {}

    /** The entry stops: a GET that waits is to be answered now. */
    record Release(long id) implements ToOwner {}

    /** Whether the answer has left for the client. */
    record Left(long id, boolean left) implements ToOwner {}

    /** A frame of the client. */
    record Said(long id, Frame frame) implements ToOwner {}

    /** What the client sends cannot be read. */
    record Complained(long id, Transport.Fault fault) implements ToOwner {}

    /** So many frames have left for the client since this was last said. */
    record Taken(long id, long frames) implements ToOwner {}

    /** The socket is gone; the last about it. */
    record Gone(long id) implements ToOwner {}

    /** To a request. */
    record Answered(long id, PollingAnswer answer) implements ToEntry {}

    /** The session waits for the WebSocket. */
    record Opened(long id) implements ToEntry {}

    /** One frame for many clients. */
    record Say(List<Long> ids, Frame frame) implements ToEntry {}

    /** Of what the client {@link Said}, so much was heard since this was last said; counted as {@link Window} does. */
    record Heard(long id, long size) implements ToEntry {}

    /** The socket is to be closed, after what was said before; {@link Gone} follows. */
    record Close(long id, int code, String reason) implements ToEntry {}
}
