package dev.tandem.engineio.codec;

/** The text form of packets: a digit for the type, and the data. */
public final class EngineIoCodec {
    /** The digit of a message; what is sent to many is encoded with it once. */
    public static final char MESSAGE = '4';

    private EngineIoCodec() {}

    /** Fails with {@link MalformedPacket}. */
    public static EngineIoPacket decode(String text) {
        if (text.isEmpty()) {
            throw new MalformedPacket("empty packet");
        }
        String data = text.substring(1);
        return switch (text.charAt(0)) {
            case '0' -> new EngineIoPacket.Open(data);
            case '1' -> new EngineIoPacket.Close();
            case '2' -> new EngineIoPacket.Ping(data);
            case '3' -> new EngineIoPacket.Pong(data);
            case MESSAGE -> new EngineIoPacket.Message(data);
            case '5' -> new EngineIoPacket.Upgrade();
            case '6' -> new EngineIoPacket.Noop();
            default -> throw new MalformedPacket("unknown packet type");
        };
    }

    /** The text form; a binary message has none, {@link Payload} knows how it travels among texts. */
    public static String encode(EngineIoPacket packet) {
        if (packet instanceof EngineIoPacket.Open open) {
            return "0" + open.json();
        } else if (packet instanceof EngineIoPacket.Close) {
            return "1";
        } else if (packet instanceof EngineIoPacket.Ping ping) {
            return "2" + ping.data();
        } else if (packet instanceof EngineIoPacket.Pong pong) {
            return "3" + pong.data();
        } else if (packet instanceof EngineIoPacket.Message message) {
            return MESSAGE + message.data();
        } else if (packet instanceof EngineIoPacket.Upgrade) {
            return "5";
        } else if (packet instanceof EngineIoPacket.Noop) {
            return "6";
        }
        throw new IllegalArgumentException("a binary message has no text form");
    }
}
