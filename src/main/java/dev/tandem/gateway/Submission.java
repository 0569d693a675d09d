package dev.tandem.gateway;

import dev.tandem.gateway.CommandQueue.Lane;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A command that a client gave, with its place among the others. Messages may be under way together: those to one room are {@linkplain
 * Sending kept in order} on the way, and all answers are.
 *
 * @param begin carries it out
 * @param tell tells the client what it comes to, which is known when those before it have been told; what is returned ends then
 */
record Submission(Lane lane, Supplier<Future<Answer>> begin, Function<Future<Answer>, Future<?>> tell)
        implements CommandQueue.Task {

    @Override
    public Future<?> run(Future<?> before) {
        Future<Answer> answer = begin.get();
        return tell.apply(before.isComplete() ? answer : before.transform(ended -> answer));
    }
}
