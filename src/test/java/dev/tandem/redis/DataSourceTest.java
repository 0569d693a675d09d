package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that whoever injects a data source gets the node's one command connection, and can open no other with it. */
@QuarkusTest
class DataSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    ReactiveRedisDataSource redis;

    @Inject
    Commands commands;

    @Test
    void thousandsOfCommandsAtOnceGoThroughOneConnection() {
        Uni<List<String>> all = Multi.createFrom()
                .range(0, 5_000)
                .onItem()
                .transformToUni(
                        i -> redis.value(String.class).set("ds:" + i % 10, "v").replaceWith("ok"))
                .merge(5_000)
                .collect()
                .asList();

        List<String> answers = all.await().atMost(PATIENCE);

        assertThat(answers).hasSize(5_000);
        assertThat(connections()).containsExactlyInAnyOrder("commands", "pubsub");
    }

    @Test
    void answersComeInTheOrderOfTheCommands() {
        List<Uni<String>> echoes = IntStream.range(0, 100)
                .mapToObj(i ->
                        commands.read(Request.cmd(Command.ECHO).arg("e" + i)).map(Object::toString))
                .toList();

        List<?> answers = Uni.join().all(echoes).andFailFast().await().atMost(PATIENCE);

        assertThat(answers)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void connectionOfOnesOwnIsRefused() {
        assertThatThrownBy(() -> redis.withConnection(own -> Uni.createFrom().voidItem())
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> redis.withTransaction(own -> Uni.createFrom().voidItem())
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> redis.pubsub(String.class)
                        .subscribe("x", message -> {})
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(connections()).containsExactlyInAnyOrder("commands", "pubsub");
    }

    /** The roles in the names of all connections that Redis has. */
    private List<String> connections() {
        String list = commands.read(Request.cmd(Command.CLIENT).arg("LIST"))
                .await()
                .atMost(PATIENCE)
                .toString();
        return list.lines()
                .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                .map(name -> name.substring(name.lastIndexOf(':') + 1))
                .toList();
    }
}
