package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client is told about its command, and what happens right after that is on its way: nothing may come in between. */
record Answer(ServerFrame frame, Runnable afterwards) {

    static Answer of(ServerFrame frame) {
        return new Answer(frame, () -> {});
    }

    /** Done, and nothing more to say. */
    static Answer of(ObjectNode fields) {
        return of(new ServerFrame.Done(fields));
    }
}
