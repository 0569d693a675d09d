package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.outbound.Frame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A socket without a client: it keeps what it is given, and answers as it is told to. */
public final class FakeSocket implements LocalSocket {
    private final String id;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<Frame> volatileFrames = new CopyOnWriteArrayList<>();
    private final List<LogPlace> places = new CopyOnWriteArrayList<>();
    private final List<Boolean> disconnects = new CopyOnWriteArrayList<>();
    private final Map<Long, AckListener> expected = new ConcurrentHashMap<>();
    private volatile Consumer<AckListener> reaction = listener -> {};
    private volatile boolean refusing;
    private volatile boolean connected = true;

    public FakeSocket(String id) {
        this.id = id;
    }

    /** From now on, what asks for an ack gets these arguments. */
    public void answer(String... arguments) {
        List<JsonNode> answer = Stream.of(arguments)
                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                .toList();
        reaction = listener -> listener.onAck(answer);
    }

    public void leaveInsteadOfAnAnswer() {
        reaction = AckListener::onGone;
    }

    public void refuseAcks() {
        refusing = true;
    }

    public void connected(boolean now) {
        connected = now;
    }

    public boolean isConnected() {
        return connected;
    }

    public List<Frame> frames() {
        return frames;
    }

    /** The places of what is to be sent again to who loses it; {@link LogPlace#NONE} for what has none, and for gaps. */
    public List<LogPlace> places() {
        return places;
    }

    public List<String> texts() {
        return frames.stream().map(frame -> ((Frame.Text) frame).text()).toList();
    }

    public List<Frame> volatileFrames() {
        return volatileFrames;
    }

    public List<Boolean> disconnects() {
        return disconnects;
    }

    /** How many acks are waited for. */
    public int expected() {
        return expected.size();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void send(Frame frame) {
        frames.add(frame);
        Set.copyOf(expected.values()).forEach(reaction);
    }

    @Override
    public void send(Frame frame, LogPlace place) {
        places.add(place);
        send(frame);
    }

    @Override
    public void onGap() {
        places.add(LogPlace.NONE);
    }

    @Override
    public void sendVolatile(Frame frame) {
        volatileFrames.add(frame);
    }

    @Override
    public boolean expectAck(long ackId, AckListener listener) {
        if (!refusing) {
            expected.put(ackId, listener);
        }
        return !refusing;
    }

    @Override
    public void forgetAck(long ackId) {
        expected.remove(ackId);
    }

    @Override
    public void disconnect(boolean close) {
        disconnects.add(close);
    }

    @Override
    public SocketDetails details() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return new SocketDetails(id, json.objectNode(), Set.of(id), json.objectNode());
    }
}
