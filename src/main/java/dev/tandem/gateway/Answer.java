package dev.tandem.gateway;

/** What a client is told about its command, and what happens right after that is on its way: nothing may come in between. */
record Answer(ServerFrame frame, Runnable afterwards) {

    static Answer of(ServerFrame frame) {
        return new Answer(frame, () -> {});
    }
}
