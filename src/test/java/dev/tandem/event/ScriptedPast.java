package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Scripts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;

/** One room's past, read through commands that are answered when a test says so, with what is there by then. */
final class ScriptedPast implements Commands {
    /** The epoch that a room gets when its past was rewritten. */
    static final String RECOVERED = "recovered";

    private static final String AUTHOR = "\"author\":{\"id\":\"";

    static final RoomId ROOM = new RoomId("lobby");

    private final NavigableMap<Long, String> messages = new TreeMap<>();
    private final Queue<Pending> pending = new ArrayDeque<>();
    private String epoch = "e1";
    private long seq;

    private record Pending(Request request, Promise<Response> answer) {}

    RoomLog log() {
        return new RoomLog(this, new Scripts(this, false));
    }

    /** Appends the next message and returns it in the form in which it is published. */
    Buffer post() {
        seq++;
        messages.put(seq, json(seq));
        return published(epoch, seq);
    }

    void post(int count) {
        for (int i = 0; i < count; i++) {
            post();
        }
    }

    void trimTo(int length) {
        while (messages.size() > length) {
            messages.pollFirstEntry();
        }
    }

    /** The past is lost, and another one began. */
    void restart(String newEpoch) {
        epoch = newEpoch;
        seq = 0;
        messages.clear();
    }

    /** The last messages are lost, as by a replica that had not got them yet and took over. */
    void goBackTo(long last) {
        seq = last;
        messages.tailMap(last, false).clear();
    }

    /** The last messages are lost, and their numbers given to others. */
    void rewriteFrom(long first) {
        messages.tailMap(first, true).replaceAll((number, message) -> "{\"other\":" + number + "}");
    }

    /** A message says something else. */
    void put(long number, String message) {
        messages.put(number, message);
    }

    void delete() {
        restart(null);
    }

    int waitingReads() {
        return pending.size();
    }

    /** Answers the read that waits the longest. */
    void answerOne() {
        Pending read = pending.remove();
        Command command = read.request().command();
        if (command == Command.HMGET) {
            read.answer().complete(head());
        } else if (command == Command.EVALSHA) {
            read.answer().complete(check(read.request()));
        } else {
            read.answer().complete(range(read.request()));
        }
    }

    /** Answers until nothing is read any more, which has to come. */
    void answerAll() {
        for (int reads = 0; !pending.isEmpty(); reads++) {
            if (reads == 100) {
                throw new AssertionError("The past is read again and again");
            }
            answerOne();
        }
    }

    void failOne(RuntimeException why) {
        pending.remove().answer().fail(why);
    }

    static String json(long seq) {
        return "{\"seq\":" + seq + "}";
    }

    static Buffer published(String epoch, long seq) {
        return Buffer.buffer("m" + epoch + ":" + seq + "|" + json(seq));
    }

    @Override
    public Future<Response> ask(Effect effect, Request request) {
        Promise<Response> answer = Promise.promise();
        pending.add(new Pending(request, answer));
        return answer.future();
    }

    private Response head() {
        return multi(bulk(epoch), epoch == null ? null : bulk(Long.toString(seq)));
    }

    /** What {@code check-past.lua} does: {@code EVALSHA sha 2 key key epoch seq identity newEpoch}. */
    private Response check(Request request) {
        String[] words = request.toString().split("\r\n");
        if (epoch == null) {
            return null;
        }
        long known = Long.parseLong(words[14]);
        boolean rewritten = seq < known
                || !words[16].isEmpty()
                        && messages.containsKey(known)
                        && !identity(messages.get(known)).equals(words[16]);
        if (epoch.equals(words[12]) && rewritten) {
            epoch = RECOVERED;
        }
        return multi(bulk(epoch), bulk(Long.toString(seq)));
    }

    private static String identity(String message) {
        int author = message.indexOf(AUTHOR);
        return author < 0 ? message : message.substring(0, message.indexOf('"', author + AUTHOR.length()) + 1);
    }

    /** {@code ZRANGE key first last BYSCORE LIMIT 0 limit WITHSCORES} */
    private Response range(Request request) {
        String[] words = request.toString().split("\r\n");
        long first = Long.parseLong(words[6]);
        long last = Long.parseLong(words[8]);
        int limit = Integer.parseInt(words[16]);
        List<Response> entries = new ArrayList<>();
        messages.subMap(first, true, last, true).entrySet().stream()
                .limit(limit)
                .forEach(entry -> entries.add(multi(bulk(entry.getValue()), bulk(entry.getKey() + ".0"))));
        return multi(entries.toArray(Response[]::new));
    }

    private static Response bulk(String text) {
        return text == null ? null : BulkType.create(Buffer.buffer(text), false);
    }

    private static Response multi(Response... entries) {
        MultiType multi = MultiType.create(entries.length, false);
        for (Response entry : entries) {
            multi.add(entry);
        }
        return multi;
    }
}
