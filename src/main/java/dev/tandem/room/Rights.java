package dev.tandem.room;

/** Who may do what to whom in a room. Pure. */
final class Rights {
    private Rights() {}

    /** {@code target} is the standing of the one to whom it is done, and does not count where it is done to nobody. */
    static boolean may(Standing actor, Deed deed, Standing target) {
        return !deed.least().isAbove(actor) && (!deed.isToSomebody() || actor.isAbove(target));
    }

    /**
     * Who gives a role stands above the one who gets it, before and after: moderators choose members, the owner chooses moderators. An
     * owner makes somebody else the owner; operators can do that too. Everybody may give up what they are.
     */
    static boolean mayGive(Standing actor, RoomRole role, Standing target, boolean toSelf) {
        if (toSelf) {
            return target.isAbove(Standing.of(role));
        }
        boolean mayChoose = !Standing.MODERATOR.isAbove(actor) && actor.isAbove(target);
        return role == RoomRole.OWNER
                ? mayChoose && !Standing.OWNER.isAbove(actor)
                : mayChoose && actor.isAbove(Standing.of(role));
    }
}
