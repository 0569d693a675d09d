/**
 * Socket.IO protocol 5 packets and their wire form; plain Java and Jackson.
 *
 * <p>{@link dev.tandem.socketio.codec.PacketDecoder} makes packets of the messages of one session, {@link
 * dev.tandem.socketio.codec.SocketIoCodec} does what needs no memory. Whatever is wrong with what came in is a {@link
 * dev.tandem.socketio.codec.SocketIoParseException}. This package knows no session and no namespace but by name.
 */
package dev.tandem.socketio.codec;
