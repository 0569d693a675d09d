package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.socketio.codec.SocketIoCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Something that a client, or another server, emitted. Its arguments are shared by all handlers: do not change them. */
public final class Event {
    private final String name;
    private final List<JsonNode> arguments;
    private final boolean binary;
    private final boolean wantsAck;
    /** Gives the answer; null once it is given, or if none is wanted. */
    private final AtomicReference<Consumer<ArrayNode>> answer;

    Event(ArrayNode data, Consumer<ArrayNode> answer) {
        this.name = data.get(0).asText();
        this.arguments = Values.list(data, 1);
        this.binary = SocketIoCodec.isBinary(data);
        this.wantsAck = answer != null;
        this.answer = new AtomicReference<>(answer);
    }

    public String name() {
        return name;
    }

    /** What came with the event; what is binary is a {@link com.fasterxml.jackson.databind.node.BinaryNode}. */
    public List<JsonNode> arguments() {
        return arguments;
    }

    /** The argument at that place, counted from 0; missing, not null, if there are fewer. */
    public JsonNode argument(int index) {
        return index < arguments.size() ? arguments.get(index) : MissingNode.getInstance();
    }

    /** Whether something among the arguments is binary. */
    public boolean isBinary() {
        return binary;
    }

    public boolean wantsAck() {
        return wantsAck;
    }

    /** Answers the event, if an answer is wanted. Only the first call counts. From any thread. */
    public void ack(Object... values) {
        ArrayNode json = Values.array(values);
        Consumer<ArrayNode> unanswered = answer.getAndSet(null);
        if (unanswered != null) {
            unanswered.accept(json);
        }
    }
}
