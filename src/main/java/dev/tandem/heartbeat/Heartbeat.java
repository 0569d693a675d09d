package dev.tandem.heartbeat;

/** One connection's heartbeat: the server pings, the client answers in time, or is silent. Called on the connection's event loop. */
public final class Heartbeat {

    /** Whose heartbeat it is. Called on the connection's event loop. */
    public interface Owner {
        /** It is time to ping. */
        void onPingDue();

        /** The client did not answer in time. */
        void onSilence();
    }

    private final HeartbeatLoop loop;
    private final Owner owner;
    /** The neighbours in the queue that this one waits in; null if it waits in none. */
    private Heartbeat before;

    private Heartbeat after;
    private long due;

    Heartbeat(HeartbeatLoop loop, Owner owner) {
        this.loop = loop;
        this.owner = owner;
    }

    /** Begins, or begins anew after an answer: a ping is due after the interval. */
    public void beat() {
        leave();
        loop.pingLater(this);
    }

    /** Ends, until it begins anew. */
    public void stop() {
        leave();
    }

    Owner owner() {
        return owner;
    }

    private void leave() {
        if (before != null) {
            before.after = after;
            after.before = before;
            before = null;
            after = null;
        }
    }

    /** Those who wait for the same length of time: in the order in which their time is up. Has its own end as its first. */
    static final class Queue {
        private final Heartbeat end = new Heartbeat(null, null);

        Queue() {
            end.before = end;
            end.after = end;
        }

        void add(Heartbeat last, long due) {
            last.due = due;
            last.before = end.before;
            last.after = end;
            end.before.after = last;
            end.before = last;
        }

        /** Takes out the first whose time is up; null if there is none. */
        Heartbeat poll(long now) {
            Heartbeat first = end.after;
            if (first == end || first.due - now > 0) {
                return null;
            }
            first.leave();
            return first;
        }

        /** When the first one's time is up; {@code otherwise} if there is none. */
        long nextDue(long otherwise) {
            return end.after == end ? otherwise : end.after.due;
        }
    }
}
