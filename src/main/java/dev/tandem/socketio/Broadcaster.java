package dev.tandem.socketio;

/** From where something can be sent to many. */
public interface Broadcaster {

    /** To everybody in the namespace; if it begins with a socket, to everybody else. */
    BroadcastOperator broadcast();

    /** To whoever is in one of these rooms. */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** To everybody who is not in one of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }
}
