package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rooms there are. From any thread; every method fails with {@code redis_unavailable} where Redis cannot be asked. */
@Singleton
public class Rooms {
    /** Rooms that are read at once. */
    private static final int BATCH = 1_000;

    /** Rooms that are looked at in one tick of the janitor. */
    private static final int DUE = 100;

    private final RoomRepository repository;
    private final RoomIndex index;
    private final RoomPages pages;
    private final Guard guard;
    private final Passwords passwords;

    Rooms(RoomRepository repository, RoomIndex index, RoomPages pages, Guard guard, Passwords passwords) {
        this.repository = repository;
        this.index = index;
        this.pages = pages;
        this.guard = guard;
        this.passwords = passwords;
    }

    /** As {@link #create(Actor, RoomDraft)}, for nobody. */
    public Uni<Room> create(RoomDraft draft) {
        return create(Actor.NOBODY, draft);
    }

    /**
     * Completes with the new room when Redis has it; it belongs to the user of {@code actor}, if there is one. Fails with {@code
     * room_exists}.
     */
    public Uni<Room> create(Actor actor, RoomDraft draft) {
        String owner = actor.user().map(user -> user.id().value()).orElse("");
        return hashed(draft.settings())
                .chain(settings -> repository.create(new RoomDraft(draft.id(), settings), owner))
                .map(created -> created.orElseThrow(() -> exists(draft.id())));
    }

    /** Completes with all of the room; fails with {@code room_not_found}. */
    public Uni<Room> get(RoomId id) {
        return repository.find(id).map(found -> found.orElseThrow(() -> notFound(id)));
    }

    /** Completes with what {@code actor} may see of the room; fails with {@code room_not_found}. */
    public Uni<Room> view(Actor actor, RoomId id) {
        return Uni.combine().all().unis(get(id), guard.viewer(id, actor)).with(Rooms::view);
    }

    /** Completes if there is such a room for the actor; fails with {@code room_not_found}. */
    public Uni<Void> requireVisible(Actor actor, RoomId id) {
        return guard.viewer(id, actor).replaceWithVoid();
    }

    /**
     * Completes if the actor may read what is said in the room, and who is there; fails with {@code room_not_found}, {@code banned} or
     * {@code not_a_member}.
     */
    public Uni<Void> requireReader(Actor actor, RoomId id) {
        return guard.requireReader(id, actor);
    }

    /** A page of the public rooms, in the order of their ids, after the id {@code cursor}, from the first if it is null. */
    public Uni<Page<Room>> list(String cursor, int limit) {
        return pages.page(cursor, limit);
    }

    /** Those of these rooms that can be in the list, as it shows them; the others are gone, or private. One round trip. */
    public Uni<Map<RoomId, Room>> listed(Collection<RoomId> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUni(repository::find)
                .merge(BATCH)
                .filter(found -> found.isPresent() && !found.get().isPrivate())
                .map(found -> found.get().toPublic())
                .collect()
                .asMap(Room::id);
    }

    /** How many users are in those of these rooms that can be in the list. One round trip. */
    public Uni<Map<RoomId, Long>> members(Collection<RoomId> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUni(id -> repository.findMembers(id).map(found -> Map.entry(id, found)))
                .merge(BATCH)
                .filter(found -> found.getValue().isPresent())
                .collect()
                .asMap(Map.Entry::getKey, found -> found.getValue().get());
    }

    /**
     * Changes settings, if they are still those of {@code version}; members are told. Completes with all of the room. Fails with {@code
     * version_conflict}, {@code room_not_found}, {@code unauthenticated} or {@code forbidden}.
     */
    public Uni<Room> update(Actor actor, RoomId id, Optional<Long> version, SettingsChange change) {
        Deed deed = change.deed();
        Uni<SettingsChange> checked = guard.standings(id, actor, Optional.empty())
                .invoke(standings -> standings.require(deed))
                .chain(() -> hashed(change));
        return checked.chain(hashed -> hashed.isEmpty() ? get(id) : update(actor, id, version, hashed, deed));
    }

    /** As {@link #delete(Actor, RoomId, Optional)}, for the deployment itself. */
    public Uni<Void> delete(RoomId id) {
        return delete(Actor.OPERATOR, id, Optional.empty());
    }

    /**
     * Removes the room and all that was said in it, if its settings are still those of {@code version}; members are told. Fails as
     * {@link #update} does.
     */
    public Uni<Void> delete(Actor actor, RoomId id, Optional<Long> version) {
        return guard.write(
                        id,
                        actor,
                        Optional.empty(),
                        standings -> standings.require(Deed.DELETE),
                        standings -> repository.delete(id, standings, text(version)))
                .chain(reply -> repository.deleted(id, reply));
    }

    /** Removes rooms that have been empty for as long as they may be; completes with how many. */
    public Uni<Integer> expire() {
        return each(RoomKeys.EXPIRING, repository::expire);
    }

    /** Removes messages that are older than those of their rooms may be; completes with how many rooms were looked at. */
    public Uni<Integer> trim() {
        return each(RoomKeys.AGING, id -> repository.trim(id).replaceWith(true));
    }

    /** The failure for a room that is not there. */
    public static TandemException notFound(RoomId id) {
        return new TandemException(ErrorCode.ROOM_NOT_FOUND, "There is no room '" + id + "'.", "room");
    }

    private Uni<Room> update(Actor actor, RoomId id, Optional<Long> version, SettingsChange change, Deed deed) {
        return guard.write(
                        id,
                        actor,
                        Optional.empty(),
                        standings -> standings.require(deed),
                        standings -> repository.update(id, standings, text(version), change, By.of(actor)))
                .chain(reply -> repository.updated(id, change, reply))
                .chain(() -> get(id));
    }

    /** Where a password is to be set, its hash; that takes a while. */
    private Uni<SettingsChange> hashed(SettingsChange change) {
        return change.password().isEmpty()
                ? Uni.createFrom().item(change)
                : passwords.hash(change.password().get()).map(change::withHash);
    }

    private Uni<Integer> each(String key, Function<RoomId, Uni<Boolean>> work) {
        return index.due(key, DUE)
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .filter(done -> done)
                .collect()
                .asList()
                .map(List::size);
    }

    private static Room view(Room room, Guard.Viewer viewer) {
        return viewer.seesInside() ? room : room.toPublic();
    }

    private static String text(Optional<Long> version) {
        return version.map(Object::toString).orElse("");
    }

    private static TandemException exists(RoomId id) {
        return new TandemException(ErrorCode.ROOM_EXISTS, "There is a room '" + id + "' already.", "id");
    }
}
