package dev.tandem.engineio.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Packets on their way through one HTTP body (protocol, "HTTP long-polling"): their text forms with a record separator in between;
 * a binary message is {@code b} and base64. An instance collects what goes out in one answer.
 */
public final class Payload {
    private static final char SEPARATOR = '\u001e';
    private static final char BINARY = 'b';

    private final StringBuilder text = new StringBuilder();
    private final int mostBytes;
    private final int mostPackets;
    private long bytes;
    private int packets;

    /** Empty, for at most so many bytes, unless a single packet has more, and so many packets. */
    public Payload(int mostBytes, int mostPackets) {
        this.mostBytes = mostBytes;
        this.mostPackets = mostPackets;
    }

    /** Reads all packets of a body, or none; fails with {@link MalformedPacket}, also if there are more than {@code mostPackets}. */
    public static List<EngineIoPacket> decode(byte[] body, int mostPackets) {
        String text = utf8(body);
        List<EngineIoPacket> packets = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(SEPARATOR); end >= 0; end = text.indexOf(SEPARATOR, start)) {
            packets.add(packet(text.substring(start, end)));
            start = end + 1;
            if (packets.size() >= mostPackets) {
                throw new MalformedPacket("too many packets");
            }
        }
        packets.add(packet(text.substring(start)));
        return packets;
    }

    /** Bytes that a binary message of {@code bytes} takes in a payload, without a separator. */
    public static long binarySize(int bytes) {
        return 1 + (bytes + 2L) / 3 * 4;
    }

    /** Whether a packet of that size can be added; the first always can. */
    public boolean fits(long size) {
        return packets == 0 || (packets < mostPackets && bytes + 1 + size <= mostBytes);
    }

    /** Adds a packet in its text form, {@code size} bytes long. */
    public void addText(String packet, long size) {
        add(size);
        text.append(packet);
    }

    /** Adds a binary message. */
    public void addBinary(byte[] data) {
        add(binarySize(data.length));
        text.append(BINARY).append(Base64.getEncoder().encodeToString(data));
    }

    public boolean isEmpty() {
        return packets == 0;
    }

    /** The body. */
    @Override
    public String toString() {
        return text.toString();
    }

    private void add(long size) {
        if (packets++ > 0) {
            text.append(SEPARATOR);
            bytes++;
        }
        bytes += size;
    }

    private static EngineIoPacket packet(String text) {
        return !text.isEmpty() && text.charAt(0) == BINARY
                ? new EngineIoPacket.Binary(base64(text.substring(1)))
                : EngineIoCodec.decode(text);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedPacket("not base64");
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedPacket("not UTF-8");
        }
    }
}
