package dev.tandem.message;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomLog;
import dev.tandem.id.RoomId;
import dev.tandem.room.Rooms;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was said in rooms, as far back as it is kept. From any thread; every method fails with {@code redis_unavailable} where Redis cannot
 * be asked.
 */
@Singleton
public class Histories {
    /** Of messages that are read together with the head, which says it. */
    private static final String ANY_EPOCH = "";

    private final RoomLog log;

    Histories(RoomLog log) {
        this.log = log;
    }

    /** Messages after number {@code after}, ascending; fails with {@code room_not_found}. One round trip, as the others of this kind. */
    public Uni<History> after(RoomId room, long after, int limit) {
        return history(room, log.range(room, ANY_EPOCH, next(after), Long.MAX_VALUE, limit));
    }

    /** The last messages before number {@code before}, or the newest of all if it is empty; ascending. */
    public Uni<History> before(RoomId room, Optional<Long> before, int limit) {
        String last = before.map(seq -> "(" + seq).orElse("+inf");
        return history(room, log.before(room, ANY_EPOCH, last, limit));
    }

    /** The messages around number {@code seq}: a half before it, and it with those after it; ascending. */
    public Uni<History> around(RoomId room, long seq, int limit) {
        int before = limit / 2;
        Uni<List<RoomEvent.Posted>> older =
                before == 0 ? Uni.createFrom().item(List.of()) : log.before(room, ANY_EPOCH, "(" + seq, before);
        Uni<List<RoomEvent.Posted>> newer = log.range(room, ANY_EPOCH, seq, Long.MAX_VALUE, limit - before);
        return history(room, Uni.combine().all().unis(older, newer).with(Histories::together));
    }

    /** The message of that number, or its tombstone, as clients get it; fails with {@code room_not_found} or {@code message_not_found}. */
    public Uni<String> get(RoomId room, long seq) {
        return Uni.combine()
                .all()
                .unis(head(room), log.range(room, ANY_EPOCH, seq, seq, 1))
                .with((head, found) -> {
                    if (found.isEmpty()) {
                        throw notFound();
                    }
                    return found.get(0).json();
                });
    }

    static TandemException notFound() {
        return new TandemException(
                ErrorCode.MESSAGE_NOT_FOUND, "There is no such message in this room, or not any more.", "seq");
    }

    private static List<RoomEvent.Posted> together(List<RoomEvent.Posted> older, List<RoomEvent.Posted> newer) {
        return Stream.concat(older.stream(), newer.stream()).toList();
    }

    /** The number after {@code seq}, where there is one. */
    private static long next(long seq) {
        return seq == Long.MAX_VALUE ? seq : seq + 1;
    }

    private Uni<RoomHead> head(RoomId room) {
        return log.find(room).map(found -> found.orElseThrow(() -> Rooms.notFound(room)));
    }

    private Uni<History> history(RoomId room, Uni<List<RoomEvent.Posted>> read) {
        return Uni.combine().all().unis(head(room), read).with(Histories::history);
    }

    /** What was read may be newer than the head that was read before it. */
    private static History history(RoomHead head, List<RoomEvent.Posted> read) {
        List<RoomEvent.Posted> found = read.stream()
                .map(message -> new RoomEvent.Posted(head.epoch(), message.seq(), message.json()))
                .toList();
        long last = found.isEmpty() ? 0 : found.get(found.size() - 1).seq();
        return new History(found, Math.max(head.seq(), last), head.epoch());
    }
}
