package dev.tandem.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many small commands a second one connection carries, 256 under way: HGETALL of a hash of six fields. */
final class CommandConnection implements Scenario {
    private static final double DISTURBING = 15;
    private static final int UNDER_WAY = 256;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void run(Workshop workshop, Report report) throws JsonProcessingException {
        workshop.closeServers();
        Table table = report.table(
                        "Command connection: HGETALL of 6 fields, one connection, 256 under way",
                        "commands/s",
                        "client CPU us each")
                .comparing("Tandem, Commands", "node-redis");
        try (RedisServer redis = new RedisServer(workshop.programs)) {
            for (int round = 0; round < workshop.rounds; round++) {
                Others others = new Others();
                add(table, "Tandem, Commands", measured(pair(workshop, redis, "commands")));
                add(table, "Tandem, ReactiveRedisDataSource", measured(pair(workshop, redis, "datasource")));
                if (workshop.programs.node) {
                    add(table, "node-redis", measured(node(workshop, redis)));
                }
                if (Machine.has("redis-benchmark")) {
                    table.add("redis-benchmark -P 256", "commands/s", redisBenchmark(redis));
                }
                System.err.printf("others %.0f %%%n", others.percent());
                if (others.percent() > DISTURBING) {
                    table.remark("all", "other programs took more than %.0f %% of a core;".formatted(DISTURBING));
                }
            }
        }
    }

    private static void add(Table table, String row, JsonNode measured) {
        System.err.println(row + ": " + measured);
        table.add(row, "commands/s", measured.path("ops_per_s").asDouble());
        table.add(row, "client CPU us each", measured.path("cpu_us").asDouble());
    }

    private static JsonNode measured(List<String> command) throws JsonProcessingException {
        return JSON.readTree(Child.output(LIMIT, Machine.SERVER, command));
    }

    private static List<String> pair(Workshop workshop, RedisServer redis, String way) {
        List<String> command = new ArrayList<>(workshop.programs.javaMain("dev.tandem.redis.PairLoad"));
        command.addAll(List.of(
                "redis://127.0.0.1:" + redis.port(),
                way,
                Integer.toString(workshop.seconds),
                Integer.toString(UNDER_WAY)));
        return command;
    }

    private static List<String> node(Workshop workshop, RedisServer redis) {
        return List.of(
                "node",
                Programs.NODE_SCRIPTS.resolve("commands.js").toString(),
                Integer.toString(redis.port()),
                Integer.toString(workshop.seconds),
                Integer.toString(UNDER_WAY));
    }

    /** The last line of its table is {@code "HGETALL bench","570000.00",...}. */
    private static double redisBenchmark(RedisServer redis) {
        String said = Child.output(
                LIMIT,
                Machine.SERVER,
                List.of(
                        "redis-benchmark",
                        "-p",
                        Integer.toString(redis.port()),
                        "-c",
                        "1",
                        "-P",
                        Integer.toString(UNDER_WAY),
                        "-n",
                        "2000000",
                        "--csv",
                        "HGETALL",
                        "bench"));
        String[] words = said.substring(said.lastIndexOf('\n') + 1).split("\",\"");
        return Double.parseDouble(words[1]);
    }
}
