package dev.tandem.relay;

import dev.tandem.engineio.transport.Transport;
import dev.tandem.relay.RelayMessage.Abort;
import dev.tandem.relay.RelayMessage.Body;
import dev.tandem.relay.RelayMessage.Complained;
import dev.tandem.relay.RelayMessage.Gone;
import dev.tandem.relay.RelayMessage.Left;
import dev.tandem.relay.RelayMessage.Open;
import dev.tandem.relay.RelayMessage.Poll;
import dev.tandem.relay.RelayMessage.Post;
import dev.tandem.relay.RelayMessage.Release;
import dev.tandem.relay.RelayMessage.Said;
import dev.tandem.relay.RelayMessage.Taken;
import dev.tandem.relay.RelayMessage.ToOwner;

/** What the entry says, in {@link RelayCodec}'s form: kinds are capital letters, and the id is the first field. */
final class ToOwnerCodec {
    private static final byte POLL = 'P';
    private static final byte POST = 'D';
    private static final byte BODY = 'B';
    private static final byte OPEN = 'O';
    private static final byte ABORT = 'A';
    private static final byte RELEASE = 'R';
    private static final byte LEFT = 'L';
    private static final byte SAID = 'S';
    private static final byte COMPLAINED = 'C';
    private static final byte TAKEN = 'T';
    private static final byte GONE = 'G';

    private ToOwnerCodec() {}

    static void write(BatchWriter out, ToOwner message) {
        out.one(kind(message)).number(message.id());
        if (message instanceof Poll poll) {
            out.text(poll.sid());
        } else if (message instanceof Post post) {
            out.text(post.sid()).text(post.contentType());
        } else if (message instanceof Body body) {
            out.oneOf(body.state()).bytes(body.data().getBytes());
        } else if (message instanceof Open open) {
            out.text(open.sid());
        } else if (message instanceof Left left) {
            out.one(left.left() ? 1 : 0);
        } else if (message instanceof Said said) {
            RelayCodec.write(out, said.frame());
        } else if (message instanceof Complained complained) {
            out.oneOf(complained.fault());
        } else if (message instanceof Taken taken) {
            out.number(taken.frames());
        }
    }

    static ToOwner read(byte kind, BatchReader in) {
        long id = in.number();
        return switch (kind) {
            case POLL -> new Poll(id, in.text());
            case POST -> new Post(id, in.text(), in.text());
            case BODY -> new Body(id, in.oneOf(Body.State.values()), in.buffer());
            case OPEN -> new Open(id, in.text());
            case ABORT -> new Abort(id);
            case RELEASE -> new Release(id);
            case LEFT -> new Left(id, in.next() == 1);
            case SAID -> new Said(id, RelayCodec.frame(in));
            case COMPLAINED -> new Complained(id, in.oneOf(Transport.Fault.values()));
            case TAKEN -> new Taken(id, in.number());
            case GONE -> new Gone(id);
            default -> throw new MalformedBatch("unknown kind");
        };
    }

    private static byte kind(ToOwner message) {
        if (message instanceof Poll) {
            return POLL;
        } else if (message instanceof Post) {
            return POST;
        } else if (message instanceof Body) {
            return BODY;
        } else if (message instanceof Open) {
            return OPEN;
        } else if (message instanceof Abort) {
            return ABORT;
        } else if (message instanceof Release) {
            return RELEASE;
        } else if (message instanceof Left) {
            return LEFT;
        } else if (message instanceof Said) {
            return SAID;
        } else if (message instanceof Complained) {
            return COMPLAINED;
        } else if (message instanceof Taken) {
            return TAKEN;
        }
        return GONE;
    }
}
