package dev.tandem.socketio.adapter;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;

/** A socket is in as many rooms as it may be; it entered none of the new ones. */
public final class TooManyRooms extends TandemException {
    private static final long serialVersionUID = 1L;

    TooManyRooms(int most) {
        super(ErrorCode.OVERLOADED, "A socket can be in at most " + most + " rooms.");
    }
}
