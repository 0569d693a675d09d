package dev.tandem.session;

import dev.tandem.id.InvalidId;
import dev.tandem.id.UserId;
import java.util.HexFormat;
import java.util.Optional;

/** What a connection came by, said so that who hears it could not come by it. As small as can be: each connection has one or two. */
sealed interface ProofName {

    /** As nodes tell each other. */
    String text();

    static ProofName ofUser(UserId id) {
        return new OfUser(id);
    }

    static ProofName ofSession(String sid) {
        return OfSession.parse(Hashes.sha256(sid).substring(0, OfSession.DIGITS));
    }

    static ProofName ofKey(String id) {
        return new OfKey(id);
    }

    /** Empty if that is no such text. */
    static Optional<ProofName> parse(String text) {
        try {
            if (text.startsWith(OfUser.PREFIX)) {
                return Optional.of(ofUser(new UserId(text.substring(OfUser.PREFIX.length()))));
            } else if (text.startsWith(OfSession.PREFIX)) {
                return Optional.of(OfSession.parse(text.substring(OfSession.PREFIX.length())));
            }
            return text.startsWith(OfKey.PREFIX)
                    ? Optional.of(ofKey(text.substring(OfKey.PREFIX.length())))
                    : Optional.empty();
        } catch (InvalidId | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whatever its sessions. */
    record OfUser(UserId id) implements ProofName {
        private static final String PREFIX = "user ";

        @Override
        public String text() {
            return PREFIX + id;
        }
    }

    /** By 128 bits of the hash of its sid, which itself is half of a secret. */
    record OfSession(long high, long low) implements ProofName {
        private static final String PREFIX = "session ";
        private static final int DIGITS = 32;

        private static OfSession parse(String hash) {
            if (hash.length() != DIGITS) {
                throw new IllegalArgumentException("not " + DIGITS + " digits");
            }
            return new OfSession(
                    HexFormat.fromHexDigitsToLong(hash, 0, DIGITS / 2),
                    HexFormat.fromHexDigitsToLong(hash, DIGITS / 2, DIGITS));
        }

        @Override
        public String text() {
            return PREFIX + HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
        }
    }

    /** By the key's id. */
    record OfKey(String id) implements ProofName {
        private static final String PREFIX = "key ";

        @Override
        public String text() {
            return PREFIX + id;
        }
    }
}
