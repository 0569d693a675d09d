package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.gateway.CommandQueue.Lane;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that one connection's commands are begun in order, that too many let it wait, and that they are one after another where they must. */
class CommandQueueTest {
    private final Turns loop = new Turns();
    private boolean redisIsAway;
    private final Source source = new Source();
    private final CommandQueue queue = queue(4, 1000);
    private final List<String> begun = new ArrayList<>();
    private final Map<String, Future<?>> before = new HashMap<>();
    private final Map<String, Promise<Void>> running = new HashMap<>();

    @Test
    void beginsTheFirstCommandAtOnce() {
        queue.add(task("first"));

        assertThat(begun).containsExactly("first");
    }

    @Test
    void beginsNoCommandBeforeTheOneBeforeHasEnded() {
        queue.add(task("first"));
        queue.add(task("second"));

        loop.takeAll();

        assertThat(begun).containsExactly("first");
    }

    @Test
    void carriesCommandsOutInOrder() {
        queue.add(task("first"));
        queue.add(task("second"));
        queue.add(task("third"));

        end("first");
        end("second");
        end("third");

        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void goesOnAfterACommandThatFailed() {
        queue.add(task("first"));
        queue.add(task("second"));

        running.get("first").fail(new IllegalStateException("expected"));
        loop.takeAll();

        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void clientHasToWaitWhenSoManyCommandsWait() {
        add(4);
        assertThat(source.told).isEmpty();

        queue.add(task("command 4"));
        queue.add(task("command 5"));

        assertThat(source.told).containsExactly("pause");
    }

    @Test
    void clientGoesOnWhenHalfOfThemHaveBegun() {
        add(5);

        end("command 0");
        assertThat(source.told).containsExactly("pause");
        end("command 1");

        assertThat(source.told).containsExactly("pause", "resume");
    }

    @Test
    void whatWasOnItsWayWhenTheClientHadToWaitIsCarriedOutToo() {
        add(8);

        for (int i = 0; i < 8; i++) {
            end("command " + i);
        }

        assertThat(begun)
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(i -> "command " + i).toList());
    }

    @Test
    void clientThatSaysMuchAtOnceWhenItGoesOnHasToWaitAgain() {
        source.onResume = () -> {
            source.onResume = () -> {};
            queue.add(task("held 0"));
            queue.add(task("held 1"));
        };
        add(5);

        end("command 0");
        end("command 1");
        assertThat(source.told).containsExactly("pause", "resume", "pause");
        end("command 2");
        end("command 3");
        end("command 4");
        end("held 0");

        assertThat(begun).endsWith("command 4", "held 0", "held 1");
        assertThat(source.told).containsExactly("pause", "resume", "pause", "resume");
    }

    @Test
    void carriesOutAnyNumberOfCommandsThatEndAtOnce() {
        CommandQueue roomy = queue(100_000, 1000);
        for (int i = 0; i < 100_000; i++) {
            String name = "command " + i;
            roomy.add(previous -> {
                begun.add(name);
                return Future.succeededFuture();
            });
        }

        loop.takeAll();

        assertThat(begun).hasSize(100_000).endsWith("command 99999");
    }

    @Test
    void beginsThoseThatMayBeTogetherBehindEachOther() {
        queue.add(task("first", Lane.TOGETHER));
        queue.add(task("second", Lane.TOGETHER));
        queue.add(task("third", Lane.TOGETHER));

        assertThat(begun).containsExactly("first", "second", "third");
        assertThat(before.get("first").isComplete()).isTrue();
        assertThat(before.get("second")).isSameAs(running.get("first").future());
        assertThat(before.get("third")).isSameAs(running.get("second").future());
    }

    @Test
    void beginsTheOneThatMustBeAloneWhenAllHaveEnded() {
        queue.add(task("first", Lane.TOGETHER));
        queue.add(task("second", Lane.TOGETHER));
        queue.add(task("other"));
        queue.add(task("third", Lane.TOGETHER));

        end("second");
        assertThat(begun).containsExactly("first", "second");
        end("first");
        assertThat(begun).containsExactly("first", "second", "other");
        end("other");
        assertThat(begun).containsExactly("first", "second", "other", "third");
    }

    @Test
    void hasABoundForThoseThatAreUnderWay() {
        CommandQueue roomy = queue(100, 1000);
        for (int i = 0; i <= CommandQueue.MOST_UNDER_WAY; i++) {
            roomy.add(task("command " + i, Lane.TOGETHER));
        }
        assertThat(begun).hasSize(CommandQueue.MOST_UNDER_WAY);

        end("command 7");

        assertThat(begun).hasSize(CommandQueue.MOST_UNDER_WAY + 1);
    }

    @Test
    void doesNotWaitForThoseThatHadEndedBeforeItWasIdle() {
        queue.add(task("first", Lane.TOGETHER));
        end("first");

        queue.add(task("second", Lane.TOGETHER));

        assertThat(before.get("second").isComplete()).isTrue();
        assertThat(before.get("second")).isNotSameAs(running.get("first").future());
    }

    @Test
    void commandsOfAllConnectionsAreBounded() {
        Bulkhead bulkhead = bulkhead(2);
        CommandQueue one = queue(4, bulkhead);
        CommandQueue two = queue(4, bulkhead);
        CommandQueue three = queue(4, bulkhead);
        one.add(task("one"));
        one.add(task("one more"));
        two.add(task("two"));
        three.add(task("three"));
        assertThat(begun).containsExactly("one", "two");

        end("one");
        assertThat(begun).containsExactly("one", "two", "three");
        end("two");

        assertThat(begun).containsExactly("one", "two", "three", "one more");
    }

    @Test
    void connectionsTakeTurnsWhereThereIsNoRoom() {
        Bulkhead bulkhead = bulkhead(1);
        CommandQueue one = queue(4, bulkhead);
        CommandQueue two = queue(4, bulkhead);
        for (int i = 0; i < 3; i++) {
            one.add(task("one " + i, Lane.TOGETHER));
            two.add(task("two " + i, Lane.TOGETHER));
        }

        for (int i = 0; i < 3; i++) {
            end("one " + i);
            end("two " + i);
        }

        assertThat(begun).containsExactly("one 0", "two 0", "one 1", "two 1", "one 2", "two 2");
    }

    @Test
    void nobodyWaitsForRoomWhileRedisIsAway() {
        Bulkhead bulkhead = bulkhead(1);
        CommandQueue one = queue(4, bulkhead);
        CommandQueue two = queue(4, bulkhead);
        CommandQueue three = queue(4, bulkhead);
        CommandQueue four = queue(4, bulkhead);
        one.add(task("one"));
        two.add(task("two"));
        three.add(task("three"));
        redisIsAway = true;
        four.add(task("four"));
        assertThat(begun).containsExactly("one", "four");

        end("one");

        assertThat(begun).containsExactly("one", "four", "two", "three");
    }

    @Test
    void idleConnectionsTakeNoRoom() {
        Bulkhead bulkhead = bulkhead(1);
        CommandQueue one = queue(4, bulkhead);
        one.add(task("one"));
        end("one");

        CommandQueue two = queue(4, bulkhead);
        two.add(task("two"));

        assertThat(begun).containsExactly("one", "two");
    }

    private Bulkhead bulkhead(int most) {
        return new Bulkhead(most, () -> redisIsAway);
    }

    private CommandQueue queue(int maxWaiting, int maxUnderWay) {
        return queue(maxWaiting, bulkhead(maxUnderWay));
    }

    private CommandQueue queue(int maxWaiting, Bulkhead bulkhead) {
        return new CommandQueue(loop.context(), new CommandQueue.Bounds(maxWaiting, bulkhead, () -> {}), source);
    }

    /** So many, of which the first begins. */
    private void add(int commands) {
        for (int i = 0; i < commands; i++) {
            queue.add(task("command " + i));
        }
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

    /** Where commands come from, and what it was told. */
    private static final class Source implements Connection {
        private final List<String> told = new ArrayList<>();
        private Runnable onResume = () -> {};

        @Override
        public void pause() {
            told.add("pause");
        }

        @Override
        public void resume() {
            told.add("resume");
            onResume.run();
        }

        @Override
        public Outbound outbound() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void send(Frame frame) {}

        @Override
        public void putOut() {}
    }
}
