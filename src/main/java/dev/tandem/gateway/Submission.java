package dev.tandem.gateway;

import dev.tandem.id.RoomId;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A command that a client gave, with its place among the others. Messages to one room may be under way together: they are {@linkplain
 * Sending kept in order} on the way.
 *
 * @param lane the room that a message is for; null if the command has to wait for those before it
 * @param begin carries it out
 * @param tell tells the client what came of it, and those that it was given before have been answered; what is returned ends then
 */
record Submission(RoomId lane, Supplier<Future<Answer>> begin, Function<Future<Answer>, Future<?>> tell)
        implements CommandQueue.Task {

    @Override
    public Future<?> run(Future<?> before) {
        Future<Answer> answer = begin.get();
        return tell.apply(before.isComplete() ? answer : before.transform(ended -> answer));
    }
}
