package dev.tandem.relay;

import dev.tandem.outbound.Frame;
import dev.tandem.relay.RelayMessage.Answered;
import dev.tandem.relay.RelayMessage.Body;
import dev.tandem.relay.RelayMessage.Opened;
import dev.tandem.relay.RelayMessage.Said;
import dev.tandem.relay.RelayMessage.Say;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that will go in one batch. A frame that goes to many clients is in it once, as far as that changes no client's order: a
 * client joins the others if all that is in the bundle for it stands before that frame.
 */
final class Bundle {
    /** A bundle of so much is full; the last message may go beyond it. */
    private static final long FULL = 256 * 1024;

    private static final long EACH = 16;

    private final List<RelayMessage> messages = new ArrayList<>();
    private final Map<Frame, Integer> placeOfFrame = new IdentityHashMap<>();
    private final Map<Long, Integer> lastPlaceOfClient = new HashMap<>();
    private long size;

    boolean isFull() {
        return size >= FULL;
    }

    /** A {@link Say} has one client here. */
    void add(RelayMessage message) {
        if (message instanceof Say say) {
            say(say.ids().get(0), say.frame());
            return;
        }
        if (message instanceof Opened opened) {
            lastPlaceOfClient.put(opened.id(), messages.size());
        }
        messages.add(message);
        size += size(message);
    }

    List<RelayMessage> messages() {
        return messages;
    }

    private void say(Long client, Frame frame) {
        Integer place = placeOfFrame.get(frame);
        if (place == null || place <= lastPlaceOfClient.getOrDefault(client, -1)) {
            place = messages.size();
            messages.add(new Say(new ArrayList<>(), frame));
            placeOfFrame.put(frame, place);
            size += frame.bytes();
        }
        ((Say) messages.get(place)).ids().add(client);
        lastPlaceOfClient.put(client, place);
        size += EACH;
    }

    private static long size(RelayMessage message) {
        if (message instanceof Said said) {
            return EACH + said.frame().bytes();
        } else if (message instanceof Answered answered) {
            return EACH + answered.answer().body().length();
        } else if (message instanceof Body body) {
            return EACH + body.data().length();
        }
        return EACH;
    }
}
