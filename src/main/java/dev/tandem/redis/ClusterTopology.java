package dev.tandem.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which primary has which slots, as a server of the cluster says. */
record ClusterTopology(List<Range> ranges) {

    /** The slots from {@code first} to {@code last}, both included, have that primary. */
    record Range(int first, int last, RedisAddress primary) {}

    /** Reads the answer to CLUSTER SLOTS; a server that does not say how it is reached is where {@code asked} is. */
    static ClusterTopology of(Response slots, RedisAddress asked) {
        List<Range> ranges = new ArrayList<>();
        for (Response range : slots) {
            Response primary = range.get(2);
            ranges.add(new Range(
                    range.get(0).toInteger(),
                    range.get(1).toInteger(),
                    address(primary.get(0), primary.get(1).toInteger(), asked)));
        }
        return new ClusterTopology(ranges);
    }

    private static RedisAddress address(Response host, int port, RedisAddress asked) {
        boolean unknown =
                host == null || host.toString().isEmpty() || host.toString().equals("?");
        return unknown ? asked.withPort(port) : asked.at(host.toString(), port);
    }

    /** All primaries that have slots, each once, in the order of their slots. */
    Set<RedisAddress> primaries() {
        Set<RedisAddress> primaries = new LinkedHashSet<>();
        ranges.forEach(range -> primaries.add(range.primary()));
        return primaries;
    }
}
