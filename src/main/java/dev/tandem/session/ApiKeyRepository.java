package dev.tandem.session;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** API keys in Redis. The set of their ids and the keys are not changed in one step: an id without a key counts as none. */
@Singleton
class ApiKeyRepository {
    private static final int AT_ONCE = 100;

    private final Commands commands;

    ApiKeyRepository(Commands commands) {
        this.commands = commands;
    }

    Uni<Void> save(ApiKey key, int most) {
        return commands.read(Request.cmd(Command.SCARD).arg(SessionKeys.API_KEYS))
                .invoke(count -> {
                    if (count.toLong() >= most) {
                        throw new TandemException(ErrorCode.OVERLOADED, "There are too many API keys.");
                    }
                })
                .chain(() -> add(key))
                .chain(() -> put(key));
    }

    /** Empty if there is no such key. */
    Uni<Optional<ApiKey>> find(String id) {
        return commands.read(Request.cmd(Command.HGETALL).arg(SessionKeys.apiKey(id)))
                .map(found -> key(id, found));
    }

    /** In the order in which they were made. */
    Uni<List<ApiKey>> all() {
        return commands.read(Request.cmd(Command.SMEMBERS).arg(SessionKeys.API_KEYS))
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().items(StreamSupport.stream(ids.spliterator(), false)))
                .onItem()
                .transformToUni(id -> find(id.toString()))
                .merge(AT_ONCE)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .map(keys -> keys.stream()
                        .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
                        .toList());
    }

    /** Completes with false if there was none. */
    Uni<Boolean> delete(String id) {
        return commands.send(Effect.REPEATABLE, Request.cmd(Command.DEL).arg(SessionKeys.apiKey(id)))
                .chain(deleted -> Uni.combine()
                        .all()
                        .unis(remove(id), forgetUse(id))
                        .discardItems()
                        .replaceWith(deleted.toLong() == 1));
    }

    /** A key was used at that time. */
    Uni<Void> used(String id, String at) {
        Request set =
                Request.cmd(Command.HSET).arg(SessionKeys.API_KEYS_USED).arg(id).arg(at);
        return commands.send(Effect.REPEATABLE, set).replaceWithVoid();
    }

    /** When keys were used last, by their ids; perhaps of keys that are gone. */
    Uni<Map<String, String>> used() {
        return commands.read(Request.cmd(Command.HGETALL).arg(SessionKeys.API_KEYS_USED))
                .map(found -> found.getKeys().stream()
                        .collect(Collectors.toMap(
                                Function.identity(), id -> found.get(id).toString())));
    }

    private Uni<Response> add(ApiKey key) {
        return commands.send(
                Effect.REPEATABLE,
                Request.cmd(Command.SADD).arg(SessionKeys.API_KEYS).arg(key.id()));
    }

    private Uni<Response> remove(String id) {
        return commands.send(
                Effect.REPEATABLE,
                Request.cmd(Command.SREM).arg(SessionKeys.API_KEYS).arg(id));
    }

    private Uni<Response> forgetUse(String id) {
        return commands.send(
                Effect.REPEATABLE,
                Request.cmd(Command.HDEL).arg(SessionKeys.API_KEYS_USED).arg(id));
    }

    private Uni<Void> put(ApiKey key) {
        Request set = Request.cmd(Command.HSET)
                .arg(SessionKeys.apiKey(key.id()))
                .arg("hash")
                .arg(key.hash())
                .arg("name")
                .arg(key.name())
                .arg("scopes")
                .arg(key.scopes().stream().map(Scope::wireName).sorted().collect(Collectors.joining("+")))
                .arg("createdAt")
                .arg(key.createdAt());
        key.actsFor().ifPresent(user -> set.arg("user").arg(user.value()));
        return commands.send(Effect.REPEATABLE, set).replaceWithVoid();
    }

    private static Optional<ApiKey> key(String id, Response found) {
        if (found == null || found.get("hash") == null) {
            return Optional.empty();
        }
        Response user = found.get("user");
        Set<Scope> scopes = Arrays.stream(found.get("scopes").toString().split("\\+"))
                .map(Scope::of)
                .collect(Collectors.toUnmodifiableSet());
        return Optional.of(new ApiKey(
                id,
                found.get("name").toString(),
                scopes,
                user == null ? null : new UserId(user.toString()),
                found.get("createdAt").toString(),
                found.get("hash").toString()));
    }
}
