package dev.tandem.socketio.adapter;

import dev.tandem.outbound.Frame;

/** A socket of this node, as its namespace's adapter sees it. From any thread. */
public interface LocalSocket {
    String id();

    /** Sends a frame made by {@link PacketFrames}. */
    void send(Frame frame);

    /**
     * The same for what is to be sent again to who loses it: what has that place in the namespace's log, each place at most once and in
     * order, or with {@link LogPlace#NONE} what is not in the log and would be missed. No frame is sent if the socket had that place already.
     */
    default void send(Frame frame, LogPlace place) {
        send(frame);
    }

    /** Something that is not, or not any more, in the namespace's log may have been for this socket, and was not sent to it. */
    default void onGap() {}

    /** The same, unless the client is behind in reading. */
    void sendVolatile(Frame frame);

    /** Waits for an ack; false, and nothing is waited for, if the socket waits for as many as it may or is gone. */
    boolean expectAck(long ackId, AckListener listener);

    /** Nobody waits for that ack any more. */
    void forgetAck(long ackId);

    /** Puts the socket out of its namespace, or with {@code close} ends its whole session. */
    void disconnect(boolean close);

    /** What other servers are told of it. */
    SocketDetails details();
}
