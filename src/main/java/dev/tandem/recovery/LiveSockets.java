package dev.tandem.recovery;

import dev.tandem.engineio.CloseReason;
import dev.tandem.socketio.Socket;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of this node that may come back, by their private ids, from CONNECT until Redis has what there is to keep. */
final class LiveSockets {
    private final Map<String, Socket> live = new ConcurrentHashMap<>();
    /** Those of which something is being kept. */
    private final Set<String> keeping = ConcurrentHashMap.newKeySet();
    /** Those whose end somebody waits for. */
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    void add(String pid, Socket socket) {
        live.put(pid, socket);
    }

    /** The socket is gone, and what there is to keep is on its way to Redis; {@link #settle} follows. */
    void keep(String pid) {
        keeping.add(pid);
    }

    /** The socket is gone; unless something is being kept, that is all. */
    void onGone(String pid) {
        if (!keeping.contains(pid)) {
            settle(pid);
        }
    }

    /** What there was to keep is kept, or cannot be. */
    void settle(String pid) {
        live.remove(pid);
        keeping.remove(pid);
        tell(pid);
    }

    /** A client comes back while its old connection still looks alive, as half-open ones do: it is ended. Completes when that is settled. */
    Uni<Void> release(String pid) {
        CompletableFuture<Void> settled = awaited.computeIfAbsent(pid, none -> new CompletableFuture<>());
        Socket old = live.get(pid);
        if (old == null) {
            tell(pid);
        } else {
            old.close(CloseReason.TRANSPORT_CLOSE);
        }
        return Uni.createFrom().completionStage(settled);
    }

    private void tell(String pid) {
        CompletableFuture<Void> settled = awaited.remove(pid);
        if (settled != null) {
            settled.complete(null);
        }
    }
}
