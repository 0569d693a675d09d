package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;

/**
 * What somebody is in a room, and the one to whom something is to be done. Scripts that write compare epoch and version of the roles,
 * and refuse if these are other ones by then.
 */
record Standings(String epoch, String rolesVersion, boolean isKnown, Standing actor, Standing target) {

    /** Fails with {@code unauthenticated} or {@code forbidden} if the actor may not do that. */
    void require(Deed deed) {
        require(Rights.may(actor, deed, target));
    }

    /** The same, by a rule of its own. */
    void require(boolean may) {
        if (!may && !isKnown) {
            throw new TandemException(ErrorCode.UNAUTHENTICATED, "Say who you are: the room is somebody's.");
        } else if (!may) {
            throw new TandemException(ErrorCode.FORBIDDEN, "You may not do that in this room.");
        }
    }
}
