package dev.tandem.socketio;

import dev.tandem.socketio.adapter.Gathered;
import java.util.List;
import java.util.Set;

/** Not all of those who were asked answered in time; what they did answer is here. */
public final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Gathered<?> gathered;

    Incomplete(Gathered<?> gathered) {
        super("operation has timed out: %d missing".formatted(gathered.missing()), null, false, false);
        this.gathered = gathered;
    }

    /** What arrived: acks as JSON, or sockets, as the call that failed would have given. */
    public List<?> received() {
        return gathered.items();
    }

    /** How many did not answer. */
    public int missing() {
        return gathered.missing();
    }

    /** Those of them whose names are known: ids of sockets, or of servers. */
    public Set<String> names() {
        return gathered.names();
    }
}
