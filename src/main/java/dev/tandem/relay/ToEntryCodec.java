package dev.tandem.relay;

import dev.tandem.engineio.transport.PollingAnswer;
import dev.tandem.relay.RelayMessage.Answered;
import dev.tandem.relay.RelayMessage.Close;
import dev.tandem.relay.RelayMessage.Heard;
import dev.tandem.relay.RelayMessage.Opened;
import dev.tandem.relay.RelayMessage.Say;
import dev.tandem.relay.RelayMessage.ToEntry;

/** What the owner says, in {@link RelayCodec}'s form: kinds are small letters. */
final class ToEntryCodec {
    private static final byte ANSWERED = 'a';
    private static final byte OPENED = 'o';
    private static final byte SAY = 's';
    private static final byte HEARD = 'h';
    private static final byte CLOSE = 'c';

    private ToEntryCodec() {}

    static void write(BatchWriter out, ToEntry message) {
        if (message instanceof Answered answered) {
            out.one(ANSWERED).number(answered.id());
            write(out, answered.answer());
        } else if (message instanceof Opened opened) {
            out.one(OPENED).number(opened.id());
        } else if (message instanceof Say say) {
            RelayCodec.write(out.one(SAY).numbers(say.ids()), say.frame());
        } else if (message instanceof Heard heard) {
            out.one(HEARD).number(heard.id()).number(heard.size());
        } else if (message instanceof Close close) {
            out.one(CLOSE).number(close.id()).number(close.code()).text(close.reason());
        }
    }

    static ToEntry read(byte kind, BatchReader in) {
        return switch (kind) {
            case ANSWERED -> new Answered(in.number(), answer(in));
            case OPENED -> new Opened(in.number());
            case SAY -> new Say(in.numbers(), RelayCodec.frame(in));
            case HEARD -> new Heard(in.number(), in.number());
            case CLOSE -> new Close(in.number(), in.smallNumber(), in.text());
            default -> throw new MalformedBatch("unknown kind");
        };
    }

    private static void write(BatchWriter out, PollingAnswer answer) {
        out.number(answer.status()).text(answer.contentType()).text(answer.body());
    }

    private static PollingAnswer answer(BatchReader in) {
        return new PollingAnswer(in.smallNumber(), in.text(), in.text());
    }
}
