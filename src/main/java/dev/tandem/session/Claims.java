package dev.tandem.session;

import dev.tandem.id.InvalidId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.user.UserNames;
import dev.tandem.user.Users;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * What a token that is believed says.
 *
 * @param naming whether it says a name
 */
record Claims(UserRef user, Users.Naming naming, Instant issuedAt, Instant expires) {
    private static final String HASHED = "u-";

    static Claims of(JwtClaims claims) throws MalformedClaimException {
        UserId id = user(claims.getSubject());
        Map<String, Object> all = claims.getClaimsMap();
        Optional<String> name = Stream.of(all.get("name"), all.get("preferred_username"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(given -> UserNames.clean(given).stream())
                .findFirst();
        NumericDate issuedAt = claims.getIssuedAt();
        return new Claims(
                new UserRef(id, name.orElse(id.value())),
                name.isPresent() ? Users.Naming.REPLACE : Users.Naming.SUGGEST,
                Instant.ofEpochMilli(issuedAt == null ? 0 : issuedAt.getValueInMillis()),
                Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
    }

    /** The subject itself if a user can be called so; else one and the same text for it, which no other subject has. */
    static UserId user(String subject) {
        boolean taken = subject.startsWith(HASHED) || subject.startsWith(ApiKey.USER_PREFIX);
        try {
            return taken ? hashed(subject) : new UserId(subject);
        } catch (InvalidId another) {
            return hashed(subject);
        }
    }

    private static UserId hashed(String subject) {
        return new UserId(HASHED + Hashes.sha256(subject).substring(0, 40));
    }
}
