package dev.tandem.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.Scripts;
import dev.tandem.redis.TestPair;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a page of rooms is one round trip, but where keys are on several servers, and is the same both ways. */
class RoomPagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROOMS = 25;

    private static RedisProcess redis;
    private static TestPair pair;

    private final List<Request> sent = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void fill() {
        redis = RedisProcess.start();
        pair = TestPair.open(redis.url());
        IntStream.range(0, ROOMS).forEach(RoomPagesTest::create);
        write(Request.cmd(Command.ZADD).arg(RoomKeys.ROOMS).arg(0).arg("room-10-gone"));
    }

    @AfterAll
    static void stop() {
        pair.close();
        redis.close();
    }

    @BeforeEach
    void knowTheScript() {
        done(pages(false).page(null, 1));
        sent.clear();
    }

    @Test
    void pageIsOneRoundTrip() {
        Page<Room> page = done(pages(false).page("room-03", 10));

        assertThat(ids(page))
                .isEqualTo(IntStream.rangeClosed(4, 12)
                        .mapToObj(RoomPagesTest::name)
                        .toList());
        assertThat(page.next()).isEqualTo("room-12");
        assertThat(page.items().get(0).members()).isEqualTo(4);
        assertThat(page.items().get(0).topic()).isEqualTo("topic of 4");
        assertThat(page.items().get(0).metadata()).isNull();
        assertThat(sent).hasSize(1);
    }

    @Test
    void pagesAreTheSameInACluster() {
        for (int limit : List.of(1, 7, ROOMS, ROOMS + 1, ROOMS + 50)) {
            assertThat(all(pages(false), limit)).as("%d", limit).isEqualTo(all(pages(true), limit));
        }
        assertThat(all(pages(true), 7).stream().mapToInt(page -> page.items().size()))
                .containsExactly(7, 6, 7, 5);
    }

    @Test
    void longPageDoesNotKeepOthersWaiting() {
        Page<Room> page = done(pages(false).page(null, RoomPages.MOST_BY_SCRIPT + 1));

        assertThat(page.items()).hasSize(ROOMS);
        assertThat(page.next()).isNull();
        assertThat(sent.get(0).command()).isEqualTo(Command.ZRANGE);
    }

    private static List<Page<Room>> all(RoomPages pages, int limit) {
        List<Page<Room>> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Room> page = done(pages.page(cursor, limit));
            all.add(page);
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static List<String> ids(Page<Room> page) {
        return page.items().stream().map(room -> room.id().value()).toList();
    }

    private RoomPages pages(boolean cluster) {
        Commands commands = new Commands() {
            @Override
            public Future<Response> ask(Effect effect, Request request) {
                sent.add(request);
                return pair.commands().ask(effect, request);
            }
        };
        Scripts scripts = new Scripts(commands, cluster);
        RoomIndex index = new RoomIndex(commands, scripts);
        ObjectMapper mapper = new ObjectMapper();
        RoomRepository repository = new RoomRepository(commands, scripts, null, index, mapper, config());
        return new RoomPages(scripts, index, repository, mapper);
    }

    private static RoomConfig config() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RoomConfig.class)
                .build()
                .getConfigMapping(RoomConfig.class);
    }

    /** With as many users as its number says. */
    private static void create(int number) {
        RoomId room = new RoomId(name(number));
        write(Request.cmd(Command.HSET)
                .arg(RoomKeys.details(room))
                .arg("name")
                .arg(room.value())
                .arg("createdAt")
                .arg("2026-01-31T12:00:00Z")
                .arg("epoch")
                .arg("e")
                .arg("seq")
                .arg(number)
                .arg("topic")
                .arg("topic of " + number)
                .arg("metadata")
                .arg("{}"));
        IntStream.range(0, number)
                .forEach(user -> write(Request.cmd(Command.HSET)
                        .arg(RoomKeys.users(room))
                        .arg("u" + user)
                        .arg(1)));
        write(Request.cmd(Command.ZADD).arg(RoomKeys.ROOMS).arg(0).arg(room.value()));
    }

    private static String name(int number) {
        return "room-%02d".formatted(number);
    }

    private static void write(Request request) {
        done(pair.commands().send(Commands.Effect.REPEATABLE, request));
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
