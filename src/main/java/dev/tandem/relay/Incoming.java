package dev.tandem.relay;

/** The direction from another node to here: tells whether nothing is missing from it, repeated or swapped. */
final class Incoming {
    /** Names no direction. */
    static final long NONE = 0;

    /** What to make of a batch. */
    enum Verdict {
        NEXT,
        /** The first of a direction, where there was none. */
        FIRST,
        /** The first of a new direction: the other side has given up the one before. */
        ANEW,
        /** Something before it was missed: the direction is lost. */
        LOST,
        /** Of a direction that was lost before. */
        LATE
    }

    private long current = NONE;
    private long lost = NONE;
    private long expected;

    Verdict on(Batch batch) {
        if (batch.link() == lost) {
            return Verdict.LATE;
        } else if (batch.link() == current && batch.number() == expected) {
            expected++;
            return Verdict.NEXT;
        } else if (batch.link() == current || batch.number() != 0) {
            lose(batch.link());
            return Verdict.LOST;
        }
        return begin(batch.link());
    }

    /** Something may have been missed. */
    void lose() {
        if (current != NONE) {
            lose(current);
        }
    }

    /** The direction whose loss the other side has to hear of until it begins anew; {@link #NONE} if all is well. */
    long lost() {
        return current == NONE ? lost : NONE;
    }

    private Verdict begin(long link) {
        Verdict verdict = current == NONE ? Verdict.FIRST : Verdict.ANEW;
        current = link;
        expected = 1;
        return verdict;
    }

    private void lose(long link) {
        lost = link;
        current = NONE;
    }
}
