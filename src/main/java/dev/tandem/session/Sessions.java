package dev.tandem.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.InvalidId;
import dev.tandem.id.RandomText;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.user.Users;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions in Redis, {@code s:<sid>}: {@link SessionJson} with a time to live, which a use renews. One that was found is believed for a
 * moment, or until this node hears that any has ended, so that who calls often is not looked up each time. A sid is {@code
 * <random>.<user>}, so that session and user are read in one round trip; one that another application made is {@code <random>} alone.
 * From any thread; every method fails with {@code redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class Sessions {
    private static final int ATTEMPTS = 3;
    private static final int MOST_REMEMBERED = 10_000;

    private final Commands commands;
    private final Scripts scripts;
    private final Users users;
    private final Ended ended;
    private final SessionConfig config;
    private final SessionJson json;
    private final SessionCookie cookie;
    /** By their cookies' values. */
    private final Remembered<String, Session> remembered;

    private final Script swap = Script.load("swap-session", Effect.REPEATABLE);

    Sessions(Commands commands, Scripts scripts, Users users, Ended ended, ObjectMapper mapper, SessionConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.users = users;
        this.ended = ended;
        this.config = config;
        this.json = new SessionJson(mapper);
        this.cookie = new SessionCookie(config.cookie(), config.secret());
        this.remembered = new Remembered<>(MOST_REMEMBERED, config.remembered(), System::nanoTime);
        ended.onEnded(whose -> remembered.forgetAll());
        ended.onDeaf(remembered::forgetAll);
    }

    /** The sid in a {@code Cookie} header, which may be null, if this server signed it; whether there is a session is not asked. */
    public Optional<String> sid(String cookieHeader) {
        return cookie.verify(cookieHeader);
    }

    /** Ends a session, whether it is there or not, and then whoever is connected by it, on all nodes. Repeats are harmless. */
    public Uni<Void> end(String sid) {
        Request delete = Request.cmd(Command.DEL).arg(SessionKeys.session(sid));
        return commands.send(Effect.REPEATABLE, delete).chain(() -> ended.session(sid));
    }

    /** Changes the name in a session, where other applications read it too; what they keep there stays. Fails with {@code unauthenticated}. */
    public Uni<Void> rename(String sid, String name) {
        return rename(sid, name, ATTEMPTS).invoke(this::forgetNames);
    }

    /** Somebody has another name: whoever calls is looked up again. */
    public void forgetNames() {
        remembered.forgetAll();
    }

    /** The {@code Set-Cookie} header that makes a browser forget its session. */
    public String forgetCookie(boolean secure) {
        return cookie.header("", 0, config.secureCookie().applies(secure));
    }

    /**
     * The session of a {@code Cookie} header, which may be null; renewed, unless it was a moment ago. Empty if there is none, it is gone,
     * or its user is.
     */
    Uni<Optional<Session>> find(String cookieHeader) {
        return cookie.value(cookieHeader).map(this::recall).orElseGet(Sessions::none);
    }

    /** The session of a sid that was proved before; renewed. Empty if it is gone, or its user is. */
    Uni<Optional<Session>> again(String sid) {
        return read(sid);
    }

    /** A new session of a new user. */
    Uni<Session.Created> create(UserRef user, boolean overTls) {
        String sid = RandomText.letters(32) + "." + user.id();
        boolean secure = config.secureCookie().applies(overTls);
        Request set = Request.cmd(Command.SET)
                .arg(SessionKeys.session(sid))
                .arg(json.of(user, config.ttl(), secure))
                .arg("EX")
                .arg(config.ttl().toSeconds());
        Uni<?> session = commands.send(Effect.REPEATABLE, set);
        Uni<?> known = users.touch(user, Users.Naming.SUGGEST, Instant.now());
        return Uni.combine()
                .all()
                .unis(session, known)
                .discardItems()
                .replaceWith(() -> new Session.Created(
                        sid, cookie.header(cookie.sign(sid), config.ttl().toSeconds(), secure)));
    }

    /** A cookie that led to a session a moment ago is the same, signature and all; it need not be proved again. */
    private Uni<Optional<Session>> recall(String value) {
        return remembered.get(value, () -> cookie.sid(value).map(this::read).orElseGet(Sessions::none));
    }

    private Uni<Optional<Session>> read(String sid) {
        Request get = Request.cmd(Command.GETEX)
                .arg(SessionKeys.session(sid))
                .arg("EX")
                .arg(config.ttl().toSeconds());
        Uni<Optional<UserRef>> stored =
                commands.send(Effect.REPEATABLE, get).map(found -> json.user(found == null ? null : found.toString()));
        return ownUser(sid)
                .map(id -> Uni.combine()
                        .all()
                        .unis(stored, users.touch(new UserRef(id, ""), Users.Naming.KNOWN_ONLY, Instant.EPOCH))
                        .asTuple()
                        .chain(both -> session(sid, both.getItem1(), both.getItem2())))
                .orElseGet(() -> stored.chain(user -> user.isEmpty() ? none() : noted(sid, user.get())));
    }

    /** The name that the user is known by counts; who is known by none is noted with that of the session. */
    private Uni<Optional<Session>> session(String sid, Optional<UserRef> stored, Optional<UserRef> known) {
        if (stored.isEmpty() || known.isEmpty()) {
            return none();
        }
        boolean same = stored.get().id().equals(known.get().id());
        return same && !known.get().name().isEmpty()
                ? Uni.createFrom().item(Optional.of(new Session(sid, known.get())))
                : noted(sid, stored.get());
    }

    private Uni<Optional<Session>> noted(String sid, UserRef user) {
        return users.touch(user, Users.Naming.SUGGEST, Instant.EPOCH)
                .map(known -> known.map(who -> new Session(sid, who)));
    }

    private static Uni<Optional<Session>> none() {
        return Uni.createFrom().item(Optional.empty());
    }

    private Uni<Void> rename(String sid, String name, int attempts) {
        return commands.read(Request.cmd(Command.GET).arg(SessionKeys.session(sid)))
                .chain(found -> {
                    if (found == null) {
                        throw TandemException.unauthenticated("The session is not there any more.");
                    }
                    String before = found.toString();
                    return scripts.run(swap, List.of(SessionKeys.session(sid)), before, json.renamed(before, name));
                })
                .chain(swapped -> swapped.toLong() == 1 ? Uni.createFrom().voidItem() : again(sid, name, attempts - 1));
    }

    private Uni<Void> again(String sid, String name, int attempts) {
        return attempts > 0
                ? rename(sid, name, attempts)
                : Uni.createFrom()
                        .failure(new TandemException(ErrorCode.OVERLOADED, "The session changes all the time."));
    }

    /** The user in a sid of our own. */
    private static Optional<UserId> ownUser(String sid) {
        int dot = sid.lastIndexOf('.');
        try {
            return dot < 0 ? Optional.empty() : Optional.of(new UserId(sid.substring(dot + 1)));
        } catch (InvalidId another) {
            return Optional.empty();
        }
    }
}
