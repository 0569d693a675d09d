package dev.tandem.redis;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How fast a node's command connection asks for a hash of six fields, by the ways that features go: a program of its own, {@code
 * PairLoad URL commands|datasource SECONDS UNDER_WAY}, which prints one line of JSON.
 */
public final class PairLoad {
    private static final String KEY = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Uni<?>> ask;
    private final AtomicLong done = new AtomicLong();
    private volatile boolean going = true;

    private PairLoad(Supplier<Uni<?>> ask) {
        this.ask = ask;
    }

    public static void main(String[] arguments) throws InterruptedException {
        int seconds = Integer.parseInt(arguments[2]);
        try (TestPair pair = TestPair.open(arguments[0])) {
            ReactiveHashCommands<String, String, String> hashes =
                    hashes(pair.pair().dataSource());
            hashes.hset(KEY, Map.of("a", "1", "b", "two", "c", "three", "d", "4", "e", "five", "f", "six"))
                    .await()
                    .atMost(PATIENCE);
            Commands commands = pair.commands();
            PairLoad load = new PairLoad(
                    arguments[1].equals("datasource")
                            ? () -> hashes.hgetall(KEY)
                            : () -> commands.read(Request.cmd(Command.HGETALL).arg(KEY)));
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                load.goOn();
            }
            load.measure(seconds);
            System.out.println(load.measure(seconds));
            load.going = false;
        }
        System.exit(0);
    }

    private static ReactiveHashCommands<String, String, String> hashes(ReactiveRedisDataSource redis) {
        return redis.hash(String.class);
    }

    /** Asks, and asks again whenever there is an answer. */
    private void goOn() {
        if (going) {
            ask.get().subscribe().with(this::onAnswer, PairLoad::onFailure);
        }
    }

    private void onAnswer(Object answer) {
        done.incrementAndGet();
        goOn();
    }

    private static void onFailure(Throwable failure) {
        failure.printStackTrace();
        System.exit(1);
    }

    private String measure(int seconds) throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long from = done.get();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        double took = (System.nanoTime() - start) / 1e9;
        double answers = done.get() - from;
        double micros = (system.getProcessCpuTime() - cpu) / 1e3;
        return String.format(Locale.ROOT, "{\"ops_per_s\":%.0f,\"cpu_us\":%.3f}", answers / took, micros / answers);
    }
}
