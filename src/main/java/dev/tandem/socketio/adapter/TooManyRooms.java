package dev.tandem.socketio.adapter;

/** A socket is in as many rooms as it may be; it entered none of the new ones. */
public final class TooManyRooms extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyRooms(int most) {
        super("A socket can be in at most " + most + " rooms.", null, false, false);
    }
}
