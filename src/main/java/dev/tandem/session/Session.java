package dev.tandem.session;

import dev.tandem.id.UserRef;

/** A session in Redis, and whose it is. Whoever knows the {@code sid} still needs the server's signature. */
record Session(String sid, UserRef user) {

    /**
     * One that has just been made.
     *
     * @param setCookie the {@code Set-Cookie} header by which the caller will be known again
     */
    record Created(String sid, String setCookie) {
        @Override
        public String toString() {
            return "new session";
        }
    }

    @Override
    public String toString() {
        return "session of " + user.id();
    }
}
