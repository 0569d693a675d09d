package dev.tandem.socketio.adapter;

import dev.tandem.socketio.codec.SocketIoPacket;

/**
 * A broadcast in the log of its namespace.
 *
 * @param packet the event, with the text of its place as the last argument
 * @param options whom it is for
 * @param bytes its size in the log
 */
public record LogEntry(LogPlace place, SocketIoPacket.Event packet, BroadcastOptions options, int bytes) {}
