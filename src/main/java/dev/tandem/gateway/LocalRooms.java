package dev.tandem.gateway;

import dev.tandem.error.Unattended;
import dev.tandem.event.RoomFeeds;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.presence.PresenceConfig;
import dev.tandem.redis.RedisLoop;
import dev.tandem.room.Moderation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The rooms that clients of this node are in. From any thread; everything happens on the pair's event loop. */
@Singleton
class LocalRooms implements LocalRoom.Owner {
    private final RoomFeeds feeds;
    private final Moderation moderation;
    private final RedisLoop loop;
    private final Vertx vertx;
    private final PresenceConfig presence;
    private final LocalRoom.Clock clock = new LocalRoom.Clock();
    private final TellingPace pace = new TellingPace();
    private final Map<RoomId, LocalRoom> rooms = new HashMap<>();
    /** Told, on the loop, of each client that is put out: it has been told, and hears nothing of the room any more. */
    private BiConsumer<Client, RoomId> onPutOut = (client, room) -> {};

    LocalRooms(RoomFeeds feeds, Moderation moderation, RedisLoop loop, Vertx vertx, PresenceConfig presence) {
        this.feeds = feeds;
        this.moderation = moderation;
        this.loop = loop;
        this.vertx = vertx;
        this.presence = presence;
    }

    void onPutOut(BiConsumer<Client, RoomId> listener) {
        onPutOut = listener;
    }

    /**
     * Takes the client in. Completes, on the loop, when the node hears what happens in the room; the membership keeps it until it
     * begins. Fails with {@code room_not_found} or {@code redis_unavailable}, and then the client is not in.
     */
    Uni<Membership> enter(Client client, RoomId id) {
        return Uni.createFrom()
                .<Membership>emitter(emitter -> loop.execute(() -> emitter.complete(add(client, id))))
                .chain(membership -> membership
                        .room()
                        .opened()
                        .onFailure()
                        .invoke(() -> leave(membership))
                        .replaceWith(membership));
    }

    /** Puts the client out; the node stops listening to the room with its last one. */
    void leave(Membership membership) {
        loop.execute(() -> {
            LocalRoom room = membership.room();
            membership.retraceLast();
            if (room.remove(membership) && room.isEmpty()) {
                close(room);
            }
        });
    }

    private Membership add(Client client, RoomId id) {
        LocalRoom room = rooms.computeIfAbsent(
                id, opened -> new LocalRoom(opened, feeds, clock, new ComingsAndGoings(vertx, presence, pace), this));
        Membership membership = new Membership(client, room);
        room.add(membership);
        return membership;
    }

    @Override
    public void onDeleted(LocalRoom room) {
        List<Membership> members = room.removeIf(everybody -> true);
        close(room);
        members.forEach(this::putOut);
    }

    @Override
    public void onPutOut(LocalRoom room, UserId user) {
        List<Membership> out = room.removeIf(member -> member.isOf(user));
        if (room.isEmpty()) {
            close(room);
        }
        out.forEach(this::putOut);
    }

    /** Whoever was kicked or banned while nothing was heard is put out now. */
    @Override
    public void onResubscribed(LocalRoom room) {
        Unattended.run(
                "look who was put out meanwhile",
                moderation
                        .putOut(room.id())
                        .invoke(all -> loop.execute(() ->
                                all.stream().filter(out -> room.has(out.user())).forEach(room::onEvent))));
    }

    private void putOut(Membership member) {
        member.onPutOut();
        onPutOut.accept(member.client(), member.room().id());
    }

    private void close(LocalRoom room) {
        rooms.remove(room.id(), room);
        room.close();
    }
}
