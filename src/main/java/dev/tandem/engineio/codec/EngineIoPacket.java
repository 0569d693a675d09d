package dev.tandem.engineio.codec;

/** A packet of Engine.IO 4 (protocol, "Packet encoding"). */
public sealed interface EngineIoPacket {

    /** The first of all, from the server: the handshake as JSON. */
    record Open(String json) implements EngineIoPacket {}

    record Close() implements EngineIoPacket {}

    /** From the server, to be answered; {@code data} is {@code probe} while an upgrade is tried. */
    record Ping(String data) implements EngineIoPacket {}

    record Pong(String data) implements EngineIoPacket {}

    record Message(String data) implements EngineIoPacket {}

    /** A message of bytes, which nobody changes any more; has no text form of its own, but one in a payload. */
    record Binary(byte[] data) implements EngineIoPacket {}

    record Upgrade() implements EngineIoPacket {}

    record Noop() implements EngineIoPacket {}
}
