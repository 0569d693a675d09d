package dev.tandem.room;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Pages of the public rooms: read by a script, in one round trip, where one server has all keys and the page is not so long that others
 * would wait for it; else first their ids and then the rooms. From any thread.
 */
@Singleton
class RoomPages {
    /** Rooms that a script reads in one go: some hundred microseconds of Redis' time. */
    static final int MOST_BY_SCRIPT = 200;

    private final Scripts scripts;
    private final RoomIndex index;
    private final RoomRepository repository;
    private final ObjectMapper mapper;
    private final Script list = Script.load("list-rooms", Effect.READ);

    RoomPages(Scripts scripts, RoomIndex index, RoomRepository repository, ObjectMapper mapper) {
        this.scripts = scripts;
        this.index = index;
        this.repository = repository;
        this.mapper = mapper;
    }

    /** A page, in the order of their ids, after the id {@code cursor}, from the first if it is null. */
    Uni<Page<Room>> page(String cursor, int limit) {
        return scripts.reachEveryKey() && limit <= MOST_BY_SCRIPT
                ? inOne(cursor, limit)
                : index.listed(cursor, limit + 1).chain(ids -> inTwo(ids, limit));
    }

    /** One room more than asked for is read, to know whether anything follows. */
    private Uni<Page<Room>> inOne(String cursor, int limit) {
        List<String> arguments = new ArrayList<>(List.of(
                RoomIndex.after(cursor), Integer.toString(limit + 1), RoomKeys.DETAILS_OF_ANY, RoomKeys.USERS_OF_ANY));
        arguments.addAll(RoomFields.NAMES);
        return scripts.run(list, List.of(RoomKeys.ROOMS), arguments.toArray(String[]::new))
                .map(found -> {
                    List<Response> all = found.stream().toList();
                    List<Response> shown = all.subList(0, Math.min(limit, all.size()));
                    List<Room> rooms = shown.stream()
                            .flatMap(entry -> room(entry).stream())
                            .toList();
                    return page(rooms, all.size() > limit, id(shown.isEmpty() ? null : shown.get(shown.size() - 1)));
                });
    }

    private Uni<Page<Room>> inTwo(List<RoomId> ids, int limit) {
        List<RoomId> shown = ids.subList(0, Math.min(limit, ids.size()));
        return Multi.createFrom()
                .iterable(shown)
                .onItem()
                .transformToUni(repository::find)
                .merge(Math.max(1, limit))
                .filter(found -> found.filter(RoomPages::isListed).isPresent())
                .map(found -> found.get().toPublic())
                .collect()
                .asList()
                .map(rooms ->
                        page(sorted(rooms), ids.size() > limit, shown.isEmpty() ? null : shown.get(shown.size() - 1)));
    }

    private Optional<Room> room(Response entry) {
        return RoomFields.room(id(entry), entry.get(1), entry.get(2).toLong(), 0, mapper)
                .filter(RoomPages::isListed)
                .map(Room::toPublic);
    }

    /** One that has just become private may be in the index still. */
    private static boolean isListed(Room room) {
        return !room.isPrivate();
    }

    private static RoomId id(Response entry) {
        return entry == null ? null : new RoomId(entry.get(0).toString());
    }

    private static Page<Room> page(List<Room> rooms, boolean isMore, RoomId last) {
        return new Page<>(rooms, isMore ? last.value() : null);
    }

    private static List<Room> sorted(List<Room> rooms) {
        return rooms.stream()
                .sorted(Comparator.comparing(room -> room.id().value()))
                .toList();
    }
}
