package dev.tandem.socketio;

import dev.tandem.socketio.adapter.BroadcastLog;

/** Makes the recovery of each namespace whose handler wants it and whose adapter keeps a log; a CDI bean. */
public interface RecoveryFactory {

    SessionRecovery create(String namespace, BroadcastLog log);
}
