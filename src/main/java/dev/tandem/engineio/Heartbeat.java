package dev.tandem.engineio;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * One session's heartbeat: the server pings, the client answers in time, or is silent. One timer at a time, on the session's event
 * loop, where all of this is called.
 */
final class Heartbeat {
    private final Vertx vertx;
    private final Duration interval;
    private final Duration timeout;
    private final Runnable ping;
    private final Runnable onSilence;
    /** Timers are numbered from 0: the first of all belongs to somebody else. */
    private long timer = -1;

    Heartbeat(Vertx vertx, EngineIoConfig config, Runnable ping, Runnable onSilence) {
        this.vertx = vertx;
        this.interval = config.pingInterval();
        this.timeout = config.pingTimeout();
        this.ping = ping;
        this.onSilence = onSilence;
    }

    /** Begins, or begins anew after an answer: a ping is due after the interval. */
    void beat() {
        restart(interval, this::ping);
    }

    void stop() {
        vertx.cancelTimer(timer);
        timer = -1;
    }

    private void ping() {
        ping.run();
        restart(timeout, onSilence);
    }

    private void restart(Duration wait, Runnable then) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(wait.toMillis(), due -> then.run());
    }
}
