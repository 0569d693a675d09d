package dev.tandem.outbound;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
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

        void tell(Frame frame, Turn turn) {
            for (int i = 0; i < ways.size(); i++) {
                Outbound way = ways.get(i);
                if (way.isFor(present.get(i))) {
                    way.add(frame, turn);
                }
            }
        }

        void tellEach(Function<R, Frame> choice, Turn turn) {
            for (int i = 0; i < ways.size(); i++) {
                Outbound way = ways.get(i);
                Frame chosen = way.isFor(present.get(i)) ? choice.apply(present.get(i)) : null;
                if (chosen != null) {
                    way.add(chosen, turn);
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
        note((section, turn) -> section.tell(frame, turn), frame.bytes());
    }

    /** Sends a frame to those who pass the test, which is asked on their event loops. */
    public void send(Frame frame, Predicate<R> chosen) {
        sendEach(frame.bytes(), recipient -> chosen.test(recipient) ? frame : null);
    }

    /**
     * Sends each of them what is chosen for it, on its event loop, and nothing if that is null; what is chosen for most of them has so many
     * bytes.
     */
    public void sendEach(int bytes, Function<R, Frame> choice) {
        note((section, turn) -> section.tellEach(choice, turn), bytes);
    }

    private void note(BiConsumer<Section<R>, Turn> telling, int bytes) {
        sections.forEach((loop, section) -> note(loop, section, telling, bytes));
    }

    private static <R extends Recipient> void note(
            OutboundLoop loop, Section<R> section, BiConsumer<Section<R>, Turn> telling, int bytes) {
        if (!loop.offer(turn -> telling.accept(section, turn), bytes)) {
            loop.add(turn -> section.closeAsTooSlow());
        }
    }
}
