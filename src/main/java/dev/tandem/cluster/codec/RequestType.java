package dev.tandem.cluster.codec;

/** The kinds of requests and responses; the number on the wire is the place here. */
enum RequestType {
    SOCKETS,
    ALL_ROOMS,
    REMOTE_JOIN,
    REMOTE_LEAVE,
    REMOTE_DISCONNECT,
    REMOTE_FETCH,
    SERVER_SIDE_EMIT,
    BROADCAST,
    BROADCAST_CLIENT_COUNT,
    BROADCAST_ACK;

    private static final RequestType[] TYPES = values();

    /** Fails with {@link MalformedClusterMessage}. */
    static RequestType of(long number) {
        if (number < 0 || number >= TYPES.length) {
            throw new MalformedClusterMessage("unknown type of request");
        }
        return TYPES[(int) number];
    }

    int number() {
        return ordinal();
    }
}
