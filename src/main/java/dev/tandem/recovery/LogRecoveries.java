package dev.tandem.recovery;

import dev.tandem.socketio.RecoveryFactory;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.adapter.BroadcastLog;
import jakarta.inject.Singleton;

/** Lets the clients of namespaces that have a log come back. */
@Singleton
class LogRecoveries implements RecoveryFactory {
    private final LostSockets lost;
    private final RecoveryMeters meters;

    LogRecoveries(LostSockets lost, RecoveryMeters meters) {
        this.lost = lost;
        this.meters = meters;
    }

    @Override
    public SessionRecovery create(String namespace, BroadcastLog log) {
        return new LogRecovery(namespace, log, lost, meters);
    }
}
