package dev.tandem.engineio;

/** The layer above: makes something of sessions and their messages. Called on each session's own event loop. */
public interface EngineIoListener {

    /** A session is open; what the handler hears of it from now on is said to the returned one. */
    SessionListener onOpen(EngineIoSession session);

    /** Hears of one session. */
    interface SessionListener {
        void onMessage(String data);

        /** A binary message. */
        void onMessage(byte[] data);

        /** The session is about to be closed because of who its client is; what is sent now still arrives. */
        default void onDismissal() {}

        /** The session is over. Called once. */
        void onClose(CloseReason reason);
    }

    /** Hears, and does nothing. */
    SessionListener NOBODY = new SessionListener() {
        @Override
        public void onMessage(String data) {}

        @Override
        public void onMessage(byte[] data) {}

        @Override
        public void onClose(CloseReason reason) {}
    };
}
