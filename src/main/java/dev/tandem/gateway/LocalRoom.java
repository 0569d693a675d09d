package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomFeeds;
import dev.tandem.event.RoomListener;
import dev.tandem.event.RoomSubscription;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Those of this node who are in one room, and what happens there. Touched on the pair's event loop only. */
final class LocalRoom implements RoomListener {
    private final RoomId id;
    private final Consumer<LocalRoom> onDeleted;
    private final BiConsumer<LocalRoom, UserId> onPutOut;
    private final Consumer<LocalRoom> onResubscribed;
    private final Uni<RoomSubscription> opened;
    private final Set<Membership> members = new LinkedHashSet<>();
    private RoomSubscription subscription;
    private boolean closed;

    LocalRoom(
            RoomId id,
            RoomFeeds feeds,
            Consumer<LocalRoom> onDeleted,
            BiConsumer<LocalRoom, UserId> onPutOut,
            Consumer<LocalRoom> onResubscribed) {
        this.id = id;
        this.onDeleted = onDeleted;
        this.onPutOut = onPutOut;
        this.onResubscribed = onResubscribed;
        this.opened = feeds.listen(id, this).invoke(this::onOpened).memoize().indefinitely();
    }

    RoomId id() {
        return id;
    }

    Set<Membership> members() {
        return members;
    }

    /** True if one of the user's connections to this node is in the room. */
    boolean has(UserId user) {
        return members.stream().anyMatch(member -> member.isOf(user));
    }

    /** Completes when the node hears what happens in the room; fails with {@code room_not_found}. */
    Uni<RoomSubscription> opened() {
        return opened;
    }

    void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void onEvent(RoomEvent event) {
        SharedEvent shared = new SharedEvent(id, event);
        for (Membership member : members) {
            member.accept(shared);
        }
        if (event instanceof RoomEvent.Deleted) {
            onDeleted.accept(this);
        } else if (event instanceof RoomEvent.PutOut out) {
            onPutOut.accept(this, out.user());
        }
    }

    @Override
    public void onResubscribed() {
        onResubscribed.accept(this);
    }

    private void onOpened(RoomSubscription confirmed) {
        subscription = confirmed;
        if (closed) {
            confirmed.close();
        }
    }
}
