package dev.tandem.socketio.codec;

import java.util.List;

/** A packet as it goes over the wire: a text message and, right behind it, one binary message for each attachment. */
public record EncodedPacket(String text, List<byte[]> attachments) {}
