package dev.tandem.internode;

import dev.tandem.error.ErrorCode;
import dev.tandem.id.InvalidId;
import dev.tandem.id.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The binary form of {@link NodeMessage}: one byte for the kind, numbers as eight bytes, texts with their length in two bytes before
 * them, and the body at the end. Pure.
 */
final class NodeMessageCodec {
    private static final byte ASK = '?';
    private static final byte ANSWER = '=';
    private static final byte FAILURE = '!';
    private static final byte TELL = '.';
    private static final byte PING = 'p';

    /** What came in is not from a node of this version. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why, null, false, false);
        }
    }

    private NodeMessageCodec() {}

    static Buffer encode(NodeMessage message) {
        Buffer out = Buffer.buffer();
        if (message instanceof NodeMessage.Ask ask) {
            text(out.appendByte(ASK).appendLong(ask.number()), ask.from().value());
            return text(out, ask.subject()).appendBuffer(ask.body());
        } else if (message instanceof NodeMessage.Answer answer) {
            return out.appendByte(ANSWER).appendLong(answer.number()).appendBuffer(answer.body());
        } else if (message instanceof NodeMessage.Failure failure) {
            text(
                    out.appendByte(FAILURE).appendLong(failure.number()),
                    failure.code().name());
            return out.appendString(failure.reason());
        } else if (message instanceof NodeMessage.Tell tell) {
            text(out.appendByte(TELL), tell.from().value());
            return text(out, tell.subject()).appendBuffer(tell.body());
        }
        return out.appendByte(PING);
    }

    /** Fails with {@link Malformed}, whatever is wrong. */
    static NodeMessage decode(Buffer in) {
        try {
            Reader reader = new Reader(in);
            return switch (reader.next()) {
                case ASK -> ask(reader);
                case ANSWER -> new NodeMessage.Answer(reader.number(), reader.rest());
                case FAILURE -> failure(reader);
                case TELL -> new NodeMessage.Tell(new NodeId(reader.text()), reader.text(), reader.rest());
                case PING -> new NodeMessage.Ping();
                default -> throw new Malformed("unknown kind");
            };
        } catch (IndexOutOfBoundsException tooShort) {
            throw new Malformed("too short");
        } catch (InvalidId | IllegalArgumentException unknown) {
            throw new Malformed("no such name");
        }
    }

    private static NodeMessage ask(Reader reader) {
        long number = reader.number();
        return new NodeMessage.Ask(new NodeId(reader.text()), number, reader.text(), reader.rest());
    }

    private static NodeMessage failure(Reader reader) {
        long number = reader.number();
        return new NodeMessage.Failure(
                number, ErrorCode.valueOf(reader.text()), reader.rest().toString());
    }

    private static Buffer text(Buffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return out.appendShort((short) bytes.length).appendBytes(bytes);
    }

    /** Reads on from where it stands. */
    private static final class Reader {
        private final Buffer in;
        private int at;

        Reader(Buffer in) {
            this.in = in;
        }

        byte next() {
            return in.getByte(at++);
        }

        long number() {
            at += Long.BYTES;
            return in.getLong(at - Long.BYTES);
        }

        String text() {
            int length = in.getUnsignedShort(at);
            at += Short.BYTES + length;
            return in.getString(at - length, at);
        }

        Buffer rest() {
            return in.getBuffer(at, in.length());
        }
    }
}
