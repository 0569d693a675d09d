package dev.tandem.session;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RandomText;
import dev.tandem.id.UserId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * API keys, {@code tk_<id>_<secret>}. Those that the settings name are always there; the others are in Redis, and one that was found
 * there is believed for some seconds, or until it is deleted. From any thread; methods fail with {@code redis_unavailable} where Redis
 * cannot be asked.
 */
@Singleton
public class ApiKeys {
    static final String PREFIX = "tk_";
    private static final Pattern FORM = Pattern.compile("tk_([A-Za-z0-9-]{1,32})_([A-Za-z0-9_~.-]{16,128})");
    private static final int SECRET_LETTERS = 40;
    private static final int MOST = 1_000;

    private final ApiKeyRepository repository;
    private final Ended ended;
    private final KeyUses uses;
    private final Map<String, ApiKey> configured;
    private final Remembered<String, ApiKey> remembered;
    private final String nobody = Hashes.sha256(RandomText.letters(SECRET_LETTERS));

    /** A key that has just been made; its token is not known to anybody else, and cannot be had again. */
    public record Issued(ApiKey key, String token) {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** A key, and when it was used last, to the minute; empty if it never was. */
    public record Listed(ApiKey key, Optional<String> lastUsed) {}

    ApiKeys(ApiKeyRepository repository, ApiKeyConfig config, Ended ended, KeyUses uses) {
        this.repository = repository;
        this.ended = ended;
        this.uses = uses;
        this.configured = ConfiguredKeys.parse(config.keys().orElse(List.of()));
        this.remembered = new Remembered<>(MOST, Duration.ofSeconds(10), System::nanoTime);
        ended.onKey(remembered::forget);
        ended.onDeaf(remembered::forgetAll);
    }

    /** The key that this is the token of; fails with {@code unauthenticated}. */
    Uni<ApiKey> verify(String token) {
        Matcher form = FORM.matcher(token);
        if (!form.matches()) {
            return Uni.createFrom().failure(unknown());
        }
        String hash = Hashes.sha256(form.group(2));
        return find(form.group(1)).map(found -> genuine(found, hash)).invoke(uses::note);
    }

    /** The key of that id, which was proved before; fails with {@code unauthenticated} if it is gone. */
    Uni<ApiKey> again(String id) {
        return find(id).map(found -> found.orElseThrow(ApiKeys::unknown));
    }

    /** Makes a key; fails with {@code overloaded} if there are too many. */
    public Uni<Issued> create(String name, Set<Scope> scopes, Optional<UserId> user) {
        if (scopes.isEmpty()) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'scopes' must name what the key may do.", "scopes");
        }
        String secret = RandomText.letters(SECRET_LETTERS);
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        ApiKey key = new ApiKey(
                RandomText.letters(12), name, Set.copyOf(scopes), user.orElse(null), now, Hashes.sha256(secret));
        return repository.save(key, MOST).replaceWith(new Issued(key, PREFIX + key.id() + "_" + secret));
    }

    /** All keys, those of the settings first. */
    public Uni<List<Listed>> list() {
        return Uni.combine()
                .all()
                .unis(repository.all(), repository.used())
                .with((stored, used) -> Stream.concat(configured.values().stream(), stored.stream())
                        .map(key -> new Listed(key, Optional.ofNullable(used.get(key.id()))))
                        .toList());
    }

    /** Takes a key away, and ends whoever is connected by it, on all nodes; fails with {@code key_not_found}, or {@code forbidden} for one of the settings. */
    public Uni<Void> delete(String id) {
        if (configured.containsKey(id)) {
            throw new TandemException(ErrorCode.FORBIDDEN, "The key is one of the settings.", "key");
        }
        return repository.delete(id).call(() -> ended.key(id)).map(existed -> {
            if (!existed) {
                throw new TandemException(ErrorCode.KEY_NOT_FOUND, "There is no such key.", "key");
            }
            return null;
        });
    }

    /** The failure for a key that is not there or not genuine, which are one and the same to who shows it. */
    static TandemException unknown() {
        return TandemException.unauthenticated("The API key is not good.");
    }

    private Uni<Optional<ApiKey>> find(String id) {
        ApiKey known = configured.get(id);
        return known == null
                ? remembered.get(id, () -> repository.find(id))
                : Uni.createFrom().item(Optional.of(known));
    }

    /** Takes as long for a key that is not there as for one that is. */
    private ApiKey genuine(Optional<ApiKey> found, String hash) {
        boolean same = Hashes.isSame(found.map(ApiKey::hash).orElse(nobody), hash);
        return found.filter(key -> same).orElseThrow(ApiKeys::unknown);
    }
}
