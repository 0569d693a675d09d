package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.gateway.CommandQueue.Lane;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that one connection's commands are begun in order, within a bound, and one after another where they must. */
class CommandQueueTest {
    private final Turns loop = new Turns();
    private final CommandQueue queue = new CommandQueue(loop.context(), 2);
    private final List<String> begun = new ArrayList<>();
    private final Map<String, Future<?>> before = new HashMap<>();
    private final Map<String, Promise<Void>> running = new HashMap<>();

    @Test
    void beginsTheFirstCommandAtOnce() {
        boolean taken = queue.offer(task("first"));

        assertThat(taken).isTrue();
        assertThat(begun).containsExactly("first");
    }

    @Test
    void beginsNoCommandBeforeTheOneBeforeHasEnded() {
        queue.offer(task("first"));
        queue.offer(task("second"));

        loop.takeAll();

        assertThat(begun).containsExactly("first");
    }

    @Test
    void carriesCommandsOutInOrder() {
        queue.offer(task("first"));
        queue.offer(task("second"));
        queue.offer(task("third"));

        end("first");
        end("second");
        end("third");

        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void goesOnAfterACommandThatFailed() {
        queue.offer(task("first"));
        queue.offer(task("second"));

        running.get("first").fail(new IllegalStateException("expected"));
        loop.takeAll();

        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void refusesWhatIsTooMuch() {
        List<Boolean> taken = IntStream.range(0, 4)
                .mapToObj(i -> queue.offer(task("command " + i)))
                .toList();

        assertThat(taken).containsExactly(true, true, true, false);
    }

    @Test
    void neverCarriesOutWhatItRefused() {
        for (int i = 0; i < 4; i++) {
            queue.offer(task("command " + i));
        }

        end("command 0");
        end("command 1");
        end("command 2");

        assertThat(begun).containsExactly("command 0", "command 1", "command 2");
    }

    @Test
    void hasRoomAgainWhenACommandHasBegun() {
        queue.offer(task("first"));
        queue.offer(task("second"));
        queue.offer(task("third"));
        end("first");

        boolean taken = queue.offer(task("fourth"));

        assertThat(taken).isTrue();
    }

    @Test
    void takesTheLastCommandHoweverManyWait() {
        for (int i = 0; i < 3; i++) {
            queue.offer(task("command " + i));
        }
        queue.add(task("leave all"));

        for (int i = 0; i < 3; i++) {
            end("command " + i);
        }

        assertThat(begun).containsExactly("command 0", "command 1", "command 2", "leave all");
    }

    @Test
    void carriesOutAnyNumberOfCommandsThatEndAtOnce() {
        CommandQueue roomy = new CommandQueue(loop.context(), 100_000);
        for (int i = 0; i < 100_000; i++) {
            String name = "command " + i;
            roomy.offer(previous -> {
                begun.add(name);
                return Future.succeededFuture();
            });
        }

        loop.takeAll();

        assertThat(begun).hasSize(100_000).endsWith("command 99999");
    }

    @Test
    void beginsThoseThatMayBeTogetherBehindEachOther() {
        queue.offer(task("first", Lane.TOGETHER));
        queue.offer(task("second", Lane.TOGETHER));
        queue.offer(task("third", Lane.TOGETHER));

        assertThat(begun).containsExactly("first", "second", "third");
        assertThat(before.get("first").isComplete()).isTrue();
        assertThat(before.get("second")).isSameAs(running.get("first").future());
        assertThat(before.get("third")).isSameAs(running.get("second").future());
    }

    @Test
    void beginsTheOneThatMustBeAloneWhenAllHaveEnded() {
        queue.offer(task("first", Lane.TOGETHER));
        queue.offer(task("second", Lane.TOGETHER));
        queue.offer(task("other"));
        queue.offer(task("third", Lane.TOGETHER));

        end("second");
        assertThat(begun).containsExactly("first", "second");
        end("first");
        assertThat(begun).containsExactly("first", "second", "other");
        end("other");
        assertThat(begun).containsExactly("first", "second", "other", "third");
    }

    @Test
    void hasABoundForThoseThatAreUnderWay() {
        CommandQueue roomy = new CommandQueue(loop.context(), 100);
        for (int i = 0; i <= CommandQueue.MOST_UNDER_WAY; i++) {
            roomy.offer(task("command " + i, Lane.TOGETHER));
        }
        assertThat(begun).hasSize(CommandQueue.MOST_UNDER_WAY);

        end("command 7");

        assertThat(begun).hasSize(CommandQueue.MOST_UNDER_WAY + 1);
    }

    @Test
    void doesNotWaitForThoseThatHadEndedBeforeItWasIdle() {
        queue.offer(task("first", Lane.TOGETHER));
        end("first");

        queue.offer(task("second", Lane.TOGETHER));

        assertThat(before.get("second").isComplete()).isTrue();
        assertThat(before.get("second")).isNotSameAs(running.get("first").future());
    }

    private CommandQueue.Task task(String name, Lane lane) {
        CommandQueue.Task task = task(name);
        return new CommandQueue.Task() {
            @Override
            public Future<?> run(Future<?> before) {
                return task.run(before);
            }

            @Override
            public Lane lane() {
                return lane;
            }
        };
    }

    private CommandQueue.Task task(String name) {
        return previous -> {
            begun.add(name);
            before.put(name, previous);
            Promise<Void> ended = Promise.promise();
            running.put(name, ended);
            return ended.future();
        };
    }

    private void end(String name) {
        running.get(name).complete();
        loop.takeAll();
    }
}
