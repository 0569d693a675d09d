package dev.tandem.outbound;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Those who are told the same, wherever their event loops are: a frame for all of them is one note for each loop that some of them are
 * on. In the order of the calls, also with what is sent to one of them alone; all calls come from one thread, or one after another.
 *
 * @param <R> who they are
 */
public final class Audience<R extends Recipient> {
    private final Map<OutboundLoop, Section<R>> sections = new IdentityHashMap<>();
    private int size;

    /** Those on one loop. {@code present} is touched on that loop only. */
    private static final class Section<R extends Recipient> {
        final List<R> present = new ArrayList<>();
        /** Their ways out, in the same places: most are told everything, and need not be looked at themselves. */
        final List<Outbound> ways = new ArrayList<>();

        int size;

        void add(R recipient) {
            present.add(recipient);
            ways.add(recipient.outbound());
        }

        /** The last one takes the place. */
        void remove(R recipient) {
            int place = present.indexOf(recipient);
            int last = present.size() - 1;
            present.set(place, present.get(last));
            ways.set(place, ways.get(last));
            present.remove(last);
            ways.remove(last);
        }

        void tell(Frame frame, Predicate<R> chosen, Turn turn) {
            for (int i = 0; i < ways.size(); i++) {
                Outbound way = ways.get(i);
                if (way.isFor(present.get(i)) && (chosen == null || chosen.test(present.get(i)))) {
                    way.add(frame, turn);
                }
            }
        }

        void closeAsTooSlow() {
            ways.forEach(Outbound::closeAsTooSlow);
        }
    }

    /** How many they are. */
    public int size() {
        return size;
    }

    /** Who is added gets what is sent from now on. It must not be there yet. */
    public void add(R recipient) {
        OutboundLoop loop = recipient.outbound().loop();
        Section<R> section = sections.computeIfAbsent(loop, none -> new Section<>());
        section.size++;
        size++;
        loop.add(turn -> section.add(recipient));
    }

    /** Who is taken out gets nothing that is sent from now on. It must be there. */
    public void remove(R recipient) {
        OutboundLoop loop = recipient.outbound().loop();
        Section<R> section = sections.get(loop);
        size--;
        if (--section.size == 0) {
            sections.remove(loop);
        }
        loop.add(turn -> section.remove(recipient));
    }

    /** Sends a frame to all of them. */
    public void send(Frame frame) {
        send(frame, null);
    }

    /** Sends a frame to those who pass the test, which is asked on their event loops; to all if it is null. */
    public void send(Frame frame, Predicate<R> chosen) {
        sections.forEach((loop, section) -> {
            if (!loop.offer(turn -> section.tell(frame, chosen, turn), frame.bytes())) {
                loop.add(turn -> section.closeAsTooSlow());
            }
        });
    }
}
