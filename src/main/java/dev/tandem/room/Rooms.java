package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The rooms there are. From any thread; every method fails with {@code redis_unavailable} where Redis cannot be asked. */
@Singleton
public class Rooms {
    /** Rooms that are read at once when a page is put together, and looked at in one tick of the janitor. */
    private static final int BATCH = 100;

    private final RoomRepository repository;

    Rooms(RoomRepository repository) {
        this.repository = repository;
    }

    /** Completes with the new room when Redis has it; fails with {@code room_exists}. */
    public Uni<Room> create(RoomDraft draft) {
        return repository.create(draft).map(created -> created.orElseThrow(() -> exists(draft.id())));
    }

    /** Completes with the room; fails with {@code room_not_found}. */
    public Uni<Room> get(RoomId id) {
        return repository.find(id).map(found -> found.orElseThrow(() -> notFound(id)));
    }

    /** A page of the public rooms, in the order of their ids, after the id {@code cursor}, from the first if it is null. */
    public Uni<Page<Room>> list(String cursor, int limit) {
        return repository.listed(cursor, limit + 1).chain(ids -> page(ids, limit));
    }

    /** Removes the room and all that was said in it; members are told. Fails with {@code room_not_found}. */
    public Uni<Void> delete(RoomId id) {
        return repository.delete(id).map(existed -> {
            if (!existed) {
                throw notFound(id);
            }
            return null;
        });
    }

    /** Removes rooms that have been empty for as long as they may be; completes with how many. */
    public Uni<Integer> expire() {
        return repository
                .due(BATCH)
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(repository::expire)
                .filter(gone -> gone)
                .collect()
                .asList()
                .map(List::size);
    }

    /** The failure for a room that is not there. */
    public static TandemException notFound(RoomId id) {
        return new TandemException(ErrorCode.ROOM_NOT_FOUND, "There is no room '" + id + "'.", "room");
    }

    private static TandemException exists(RoomId id) {
        return new TandemException(ErrorCode.ROOM_EXISTS, "There is a room '" + id + "' already.", "id");
    }

    /** One more id than asked for was read, to know whether anything follows. */
    private Uni<Page<Room>> page(List<RoomId> ids, int limit) {
        List<RoomId> shown = ids.subList(0, Math.min(limit, ids.size()));
        String next = ids.size() > limit ? shown.get(limit - 1).value() : null;
        return Multi.createFrom()
                .iterable(shown)
                .onItem()
                .transformToUni(repository::find)
                .merge(BATCH)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .map(rooms -> new Page<>(sorted(rooms), next));
    }

    private static List<Room> sorted(List<Room> rooms) {
        return rooms.stream()
                .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
                .toList();
    }
}
