package dev.tandem.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The hash slots of Redis Cluster (cluster specification, "Key distribution model" and "Hash tags"): what belongs to which. The client
 * library's own way is not used, because it takes an empty hash tag for one. Pure.
 */
final class Slots {
    static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;
    private static final int[] CRC = new int[256];

    static {
        for (int value = 0; value < CRC.length; value++) {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
            CRC[value] = crc & 0xFFFF;
        }
    }

    private Slots() {}

    /** The slot of a key or of a channel. */
    static int of(String name) {
        return of(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The slot of the first key, or of the channel of a PUBLISH; 0 for what belongs nowhere. */
    static int of(Request request) {
        if (request.command() == Command.PUBLISH) {
            return channelOfPublish(request);
        }
        List<byte[]> keys = ((RequestImpl) request).keys();
        return keys.isEmpty() ? 0 : of(keys.get(0));
    }

    /** Any server takes a PUBLISH; always the same one for a channel keeps the order. */
    private static int channelOfPublish(Request publish) {
        String[] lines = publish.toString().split("\r\n", 6);
        return of(lines[4]);
    }

    private static int of(byte[] name) {
        int open = indexOf(name, '{', 0);
        int close = open < 0 ? -1 : indexOf(name, '}', open + 1);
        return close <= open + 1 ? crc16(name, 0, name.length) % COUNT : crc16(name, open + 1, close) % COUNT;
    }

    private static int indexOf(byte[] name, char sought, int from) {
        for (int i = from; i < name.length; i++) {
            if (name[i] == sought) {
                return i;
            }
        }
        return -1;
    }

    /** CRC-16/XMODEM. */
    private static int crc16(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 ^ CRC[(crc >> 8 ^ bytes[i]) & 0xFF]) & 0xFFFF;
        }
        return crc;
    }
}
