package dev.tandem.engineio;

import dev.tandem.id.InvalidId;
import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import java.util.Optional;

/**
 * The {@code sid} of a session: random letters, a dot, and the node that owns the session. A request that comes in at another node
 * finds the way by it, without asking anybody.
 */
public record SessionId(String random, NodeId owner) {
    private static final int LETTERS = 20;

    /** A new one. */
    static SessionId of(NodeId owner) {
        return new SessionId(RandomText.letters(LETTERS), owner);
    }

    /** Empty if no node can have given out that {@code sid}. */
    static Optional<SessionId> parse(String sid) {
        if (sid.length() <= LETTERS || sid.charAt(LETTERS) != '.') {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionId(sid.substring(0, LETTERS), new NodeId(sid.substring(LETTERS + 1))));
        } catch (InvalidId noNode) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return random + "." + owner;
    }
}
