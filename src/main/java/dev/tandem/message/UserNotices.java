package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import dev.tandem.id.ConnectionId;
import dev.tandem.id.EventName;
import dev.tandem.id.InvalidId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.PubSub;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reaches the connections of one user wherever they are: every node hears what is told to any user, and looks who is here. At most once:
 * a node that is cut off at that moment does not hear it. From any thread; listeners are called on the pair's event loop.
 *
 * <p>On the channel: {@code e<user>|{...}} an event, {@code o<user>|} the user is put out, {@code r<user>|<connection>|{...}} a room was
 * read, as that connection knows.
 */
@Singleton
public class UserNotices {
    private static final Logger LOG = Logger.getLogger(UserNotices.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String EVENT = "e";
    private static final String OUT = "o";
    private static final String READ = "r";

    private final Commands commands;
    private final PubSub pubSub;
    private final MessageConfig config;
    private final ObjectMapper mapper;
    private final List<BiConsumer<UserId, String>> eventListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<UserId>> outListeners = new CopyOnWriteArrayList<>();
    private final List<ReadListener> readListeners = new CopyOnWriteArrayList<>();

    /** Hears how far users have read rooms. */
    public interface ReadListener {
        /** The user has read a room, as the event's JSON says; the connection, if it is any, has said so itself. */
        void onRead(UserId user, Optional<ConnectionId> by, String json);
    }

    UserNotices(Commands commands, PubSub pubSub, MessageConfig config, ObjectMapper mapper) {
        this.commands = commands;
        this.pubSub = pubSub;
        this.config = config;
        this.mapper = mapper;
    }

    void start(@Observes StartupEvent event) {
        Uni<?> subscribed = pubSub.subscribe(NoticeKeys.CHANNEL, (channel, payload) -> hear(payload))
                .onFailure()
                .retry()
                .withBackOff(RETRY, RETRY)
                .indefinitely();
        Unattended.run("listen for what users are told", subscribed);
    }

    /**
     * Tells every connection of the user; {@code data} may be null. Completes with when that was, once Redis has passed it on to the
     * nodes, whether the user is connected or not. Fails with {@code payload_too_large}, and as {@link Commands} does.
     */
    public Uni<String> event(UserId to, UserRef from, EventName name, JsonNode data) {
        EventBody body;
        try {
            long most = config.maxData().asLongValue();
            body = EventBody.of(mapper.createObjectNode(), name, data, from, most, mapper);
        } catch (TandemException refused) {
            return Uni.createFrom().failure(refused);
        }
        return publish(EVENT + to + "|" + body.json()).replaceWith(body.at());
    }

    /** Ends every connection of the user, who may come again. Completes once Redis has passed it on; fails as {@link Commands} does. */
    public Uni<Void> putOut(UserId user) {
        return publish(OUT + user + "|");
    }

    /** Calls {@code listener} with the user and the event's JSON. It must be quick. */
    public void onEvent(BiConsumer<UserId, String> listener) {
        eventListeners.add(listener);
    }

    /** Calls {@code listener} with a user who is put out. It must be quick. */
    public void onPutOut(Consumer<UserId> listener) {
        outListeners.add(listener);
    }

    /** Calls {@code listener} when a user has read further than before. It must be quick. */
    public void onRead(ReadListener listener) {
        readListeners.add(listener);
    }

    /** What is to be published when a user has read a room. */
    static String read(UserId user, Optional<ConnectionId> by, String json) {
        return READ + user + "|" + by.map(ConnectionId::value).orElse("") + "|" + json;
    }

    private Uni<Void> publish(String payload) {
        Request publish = Request.cmd(Command.PUBLISH).arg(NoticeKeys.CHANNEL).arg(payload);
        return commands.send(Effect.ONCE, publish).replaceWithVoid();
    }

    private void hear(Buffer payload) {
        String text = payload.toString();
        int bar = text.indexOf('|');
        if (bar < 2) {
            LOG.warn("What came in on the channel of users is no notice");
            return;
        }
        hear(text.substring(0, 1), text.substring(1, bar), text.substring(bar + 1));
    }

    private void hear(String kind, String user, String json) {
        try {
            UserId id = new UserId(user);
            if (kind.equals(EVENT)) {
                eventListeners.forEach(listener -> listener.accept(id, json));
            } else if (kind.equals(OUT)) {
                outListeners.forEach(listener -> listener.accept(id));
            } else if (kind.equals(READ)) {
                hearRead(id, json);
            }
        } catch (InvalidId noUser) {
            LOG.warn("What came in on the channel of users names no user");
        }
    }

    private void hearRead(UserId user, String text) {
        int bar = text.indexOf('|');
        Optional<ConnectionId> by = bar > 0 ? Optional.of(new ConnectionId(text.substring(0, bar))) : Optional.empty();
        String json = text.substring(bar + 1);
        readListeners.forEach(listener -> listener.onRead(user, by, json));
    }
}
