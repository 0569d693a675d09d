package dev.tandem.recovery;

import dev.tandem.engineio.CloseReason;
import dev.tandem.socketio.Socket;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of this node that may come back, by their private ids, from CONNECT until Redis has what there is to keep. */
final class LiveSockets {
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    /** A socket, when its end is settled, and whether there is something being kept. */
    private record Live(Socket socket, CompletableFuture<Void> settled, boolean keeping) {
        Live toKeeping() {
            return new Live(socket, settled, true);
        }
    }

    void add(String pid, Socket socket) {
        live.put(pid, new Live(socket, new CompletableFuture<>(), false));
    }

    /** The socket is gone, and what there is to keep is on its way to Redis; {@link #settle} follows. */
    void keep(String pid) {
        live.computeIfPresent(pid, (key, gone) -> gone.toKeeping());
    }

    /** The socket is gone; unless something is being kept, that is all. */
    void onGone(String pid) {
        Live gone = live.get(pid);
        if (gone != null && !gone.keeping()) {
            settle(pid);
        }
    }

    /** What there was to keep is kept, or cannot be. */
    void settle(String pid) {
        Live ended = live.remove(pid);
        if (ended != null) {
            ended.settled().complete(null);
        }
    }

    /** A client comes back while its old connection still looks alive, as half-open ones do: it is ended. Completes when that is settled. */
    Uni<Void> release(String pid) {
        Live old = live.get(pid);
        if (old == null) {
            return Uni.createFrom().voidItem();
        }
        old.socket().close(CloseReason.TRANSPORT_CLOSE);
        return Uni.createFrom().completionStage(old.settled());
    }
}
