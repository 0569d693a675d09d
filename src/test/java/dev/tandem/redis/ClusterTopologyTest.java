package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies what belongs to which slot, and what is read from the answer to CLUSTER SLOTS. */
class ClusterTopologyTest {
    private static final RedisAddress ASKED = new RedisAddress("rediss://user:pass@seed:7000");

    @ParameterizedTest
    @CsvSource({
        "123456789, 12739",
        "foo, 12182",
        "{foo}:bar, 12182",
        "room:{foo}:messages, 12182",
        "foo{}{bar}, 8363",
        "foo{{bar}}, 4015",
    })
    void slotIsThatOfTheNameOrOfItsHashTag(String name, int slot) {
        assertThat(Slots.of(name)).isEqualTo(slot);
    }

    @Test
    void commandBelongsToTheSlotOfItsFirstKey() {
        assertThat(Slots.of(Request.cmd(Command.GET).arg("foo"))).isEqualTo(12182);
        assertThat(Slots.of(Request.cmd(Command.EVALSHA)
                        .arg("0".repeat(40))
                        .arg(2)
                        .arg("{foo}:a")
                        .arg("{foo}:b")
                        .arg("argument")))
                .isEqualTo(12182);
        assertThat(Slots.of(Request.cmd(Command.PUBLISH).arg("foo").arg("a\r\nb")))
                .isEqualTo(12182);
        assertThat(Slots.of(Request.cmd(Command.PING))).isZero();
    }

    @Test
    void primaryIsTheFirstServerOfItsRange() {
        ClusterTopology topology = ClusterTopology.of(
                list(
                        list(number(0), number(8191), server("10.0.0.1", 7001), server("10.0.0.2", 7002)),
                        list(number(8192), number(16383), server("fd00::3", 7003))),
                ASKED);

        assertThat(topology.primaries().stream().map(RedisAddress::url))
                .containsExactly("rediss://user:pass@10.0.0.1:7001", "rediss://user:pass@[fd00::3]:7003");
        assertThat(topology.ranges().get(1).first()).isEqualTo(8192);
        assertThat(topology.ranges().get(1).last()).isEqualTo(16383);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "?", "null"},
            nullValues = "null")
    void serverThatDoesNotKnowItsNameIsWhereItWasAsked(String host) {
        ClusterTopology topology = ClusterTopology.of(list(list(number(0), number(16383), server(host, 7009))), ASKED);

        assertThat(topology.primaries().stream().map(RedisAddress::url))
                .containsExactly("rediss://user:pass@seed:7009");
    }

    private static Response server(String host, int port) {
        Response name = host == null ? null : BulkType.create(Buffer.buffer(host), false);
        return list(name, number(port), BulkType.create(Buffer.buffer("id"), false));
    }

    private static Response number(int value) {
        return NumberType.create(value);
    }

    private static Response list(Response... items) {
        MultiType list = MultiType.create(items.length, false);
        Stream.of(items).forEach(list::add);
        return list;
    }
}
