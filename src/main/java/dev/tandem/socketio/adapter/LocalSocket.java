package dev.tandem.socketio.adapter;

import dev.tandem.outbound.Frame;

/** A socket of this node, as its namespace's adapter sees it. From any thread. */
public interface LocalSocket {
    String id();

    /** Sends a frame made by {@link PacketFrames}. */
    void send(Frame frame);

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
