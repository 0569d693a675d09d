package dev.tandem.relay;

import dev.tandem.outbound.Frame;
import dev.tandem.relay.RelayMessage.Lost;
import dev.tandem.relay.RelayMessage.ToEntry;
import dev.tandem.relay.RelayMessage.ToOwner;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a {@link Batch}: one byte for the version, the name of the direction as eight bytes, the number, and the messages,
 * each with one byte for its kind before it. Pure.
 */
final class RelayCodec {
    private static final byte VERSION = 1;
    private static final byte LOST = 'l';
    private static final byte TEXT = 't';
    private static final byte BINARY = 'b';

    private RelayCodec() {}

    static Buffer encode(Batch batch) {
        BatchWriter out = new BatchWriter().one(VERSION).fixed(batch.link()).number(batch.number());
        batch.messages().forEach(message -> write(out, message));
        return out.written();
    }

    /** Fails with {@link MalformedBatch}, whatever is wrong. */
    static Batch decode(Buffer buffer) {
        BatchReader in = new BatchReader(buffer);
        if (in.next() != VERSION) {
            throw new MalformedBatch("unknown version");
        }
        long link = in.fixed();
        long number = in.number();
        List<RelayMessage> messages = new ArrayList<>();
        while (!in.isAtEnd()) {
            messages.add(read(in));
        }
        return new Batch(link, number, messages);
    }

    static void write(BatchWriter out, Frame frame) {
        if (frame instanceof Frame.Text text) {
            out.one(TEXT).bytes(text.utf8());
        } else if (frame instanceof Frame.Binary binary) {
            out.one(BINARY).bytes(binary.data());
        } else {
            throw new IllegalArgumentException("a sequence travels in its parts");
        }
    }

    static Frame frame(BatchReader in) {
        return switch (in.next()) {
            case TEXT -> new Frame.Text(in.bytes());
            case BINARY -> Frame.of(in.bytes());
            default -> throw new MalformedBatch("unknown frame");
        };
    }

    private static void write(BatchWriter out, RelayMessage message) {
        if (message instanceof ToOwner toOwner) {
            ToOwnerCodec.write(out, toOwner);
        } else if (message instanceof ToEntry toEntry) {
            ToEntryCodec.write(out, toEntry);
        } else if (message instanceof Lost lost) {
            out.one(LOST).fixed(lost.link());
        }
    }

    private static RelayMessage read(BatchReader in) {
        byte kind = in.next();
        if (kind == LOST) {
            return new Lost(in.fixed());
        }
        return Character.isUpperCase(kind) ? ToOwnerCodec.read(kind, in) : ToEntryCodec.read(kind, in);
    }
}
