package dev.tandem.recovery;

import dev.tandem.socketio.RestoredSession;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.Socket;
import dev.tandem.socketio.SocketSession;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.adapter.NotRecovered;
import dev.tandem.socketio.adapter.NotRecovered.Reason;
import dev.tandem.socketio.adapter.Told;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.Optional;

/**
 * The clients of one namespace come back with what its log has of what they missed: what they were sent and did not get, and what
 * came after that. Whoever may have missed anything else is somebody new.
 */
final class LogRecovery implements SessionRecovery {
    private final String namespace;
    private final BroadcastLog log;
    private final LostSockets lost;
    private final RecoveryMeters meters;

    LogRecovery(String namespace, BroadcastLog log, LostSockets lost, RecoveryMeters meters) {
        this.namespace = namespace;
        this.log = log;
        this.lost = lost;
        this.meters = meters;
    }

    @Override
    public Optional<String> newPid() {
        return log.reached().map(place -> lost.newPid());
    }

    @Override
    public void onConnected(Socket socket, String pid) {
        lost.onConnected(pid, socket);
    }

    @Override
    public Uni<Void> persist(Socket socket, SocketSession session) {
        log.keep();
        return lost.keep(
                namespace,
                session,
                Uni.createFrom().item(json -> session.told().ifPresent(told -> ToldJson.write(told, json))));
    }

    @Override
    public void onGone(String pid) {
        lost.onGone(pid);
    }

    @Override
    public void onOvertaken() {
        meters.count(name(Reason.OVERTAKEN));
    }

    @Override
    public Uni<Optional<RestoredSession>> restore(String pid, Optional<String> offset) {
        return unlessRefused(lost.take(namespace, pid)
                .map(found -> found.orElseThrow(() -> new NotRecovered(Reason.UNKNOWN)))
                .map(kept -> restored(kept, offset)));
    }

    private RestoredSession restored(LostSockets.Kept kept, Optional<String> offset) {
        SocketSession session = kept.session();
        Told told = ToldJson.read(kept.more());
        Absence absence = told.after(offset, session.rooms());
        SocketSession back = new SocketSession(
                session.sid(), session.pid(), session.rooms(), session.data(), Optional.of(told.upTo(offset)));
        return RestoredSession.ofLog(back, () -> missed(absence));
    }

    private Uni<Optional<Missed>> missed(Absence absence) {
        return unlessRefused(log.missed(absence)).invoke(missed -> missed.ifPresent(all -> meters.count("restored")));
    }

    private <T> Uni<Optional<T>> unlessRefused(Uni<T> found) {
        return found.map(Optional::of)
                .onFailure(NotRecovered.class)
                .recoverWithItem(refused -> {
                    meters.count(name(((NotRecovered) refused).reason()));
                    return Optional.empty();
                })
                .onFailure()
                .invoke(failure -> meters.count("failed"));
    }

    private static String name(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
