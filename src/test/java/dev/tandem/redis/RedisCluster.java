package dev.tandem.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A real Redis Cluster for tests: primaries that share the slots evenly, each with one replica. */
public final class RedisCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOTS = 16_384;

    /** A server and its id in the cluster. */
    public record Member(RedisProcess process, String id) {
        static Member start() {
            RedisProcess process = RedisProcess.start(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    Integer.toString(FreePorts.next()),
                    "--cluster-node-timeout",
                    "1000",
                    "--cluster-allow-replica-migration",
                    "no",
                    "--cluster-config-file",
                    "nodes.conf");
            try (RedisConsole console = process.console()) {
                return new Member(process, (String) console.command("CLUSTER", "MYID"));
            }
        }

        public String address() {
            return "127.0.0.1:" + process.port();
        }

        /** The names of connections to it that begin like that. */
        public List<String> connections(String prefix) {
            return ((String) command("CLIENT", "LIST"))
                    .lines()
                    .map(line -> line.replaceAll(".* name=(\\S*) .*", "$1"))
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }

        public Object command(String... words) {
            try (RedisConsole console = process.console()) {
                return console.command(words);
            }
        }
    }

    private final List<Member> primaries = new ArrayList<>();
    private final List<Member> replicas = new ArrayList<>();

    /** Starts a cluster with so many primaries and as many replicas, and waits until all of them serve. */
    public static RedisCluster start(int primaries) {
        RedisCluster cluster = new RedisCluster();
        for (int i = 0; i < primaries; i++) {
            cluster.primaries.add(Member.start());
            cluster.replicas.add(Member.start());
        }
        cluster.form();
        return cluster;
    }

    private void form() {
        List<Member> all = members();
        for (int i = 0; i < primaries.size(); i++) {
            int from = i * SLOTS / primaries.size();
            int to = (i + 1) * SLOTS / primaries.size() - 1;
            primaries.get(i).command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
        }
        all.forEach(member -> meet(all.get(0), member));
        all.forEach(member -> await().atMost(PATIENCE).until(() -> knows(member, all.size())));
        for (int i = 0; i < primaries.size(); i++) {
            replicas.get(i).command("CLUSTER", "REPLICATE", primaries.get(i).id());
        }
        all.forEach(member -> await().atMost(PATIENCE).until(() -> serves(member)));
        replicas.forEach(member -> await().atMost(PATIENCE)
                .until(() -> String.valueOf(member.command("ROLE")).contains("connected")));
    }

    /** The {@code TANDEM_REDIS_CLUSTER_NODES} of a node. */
    public String nodes() {
        return String.join(",", primaries.stream().map(Member::address).toList());
    }

    public List<Member> members() {
        List<Member> all = new ArrayList<>(primaries);
        all.addAll(replicas);
        return all;
    }

    public List<Member> primaries() {
        return List.copyOf(primaries);
    }

    /** Those that have slots now. */
    public List<Member> presentPrimaries() {
        return members().stream().filter(RedisCluster::hasSlots).toList();
    }

    /** Waits until the member has slots. */
    public void awaitPrimary(Member member) {
        await().atMost(PATIENCE).until(() -> hasSlots(member));
    }

    /** Waits until every primary has its replica beside it, in step. */
    public void awaitReplicas() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> members().stream()
                                .filter(member ->
                                        String.valueOf(member.command("ROLE")).matches(".*slave.*connected.*"))
                                .count()
                        == replicas.size());
    }

    /** The one that has the key now, as the others say. */
    public Member ownerOf(String key) {
        long slot = (Long) primaries.get(0).command("CLUSTER", "KEYSLOT", key);
        return members().stream()
                .filter(member -> isPrimaryOf(member, slot))
                .findFirst()
                .orElseThrow();
    }

    /** The replica of that primary. */
    public Member replicaOf(Member primary) {
        return members().stream()
                .filter(member -> member != primary
                        && nodeLine(member)
                                .filter(line -> line.contains(primary.id()))
                                .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** Moves the slot of that key, with all that is in it, while it is in use, as resharding tools do. */
    public void moveSlot(String key, Member from, Member to) {
        String slot = String.valueOf(from.command("CLUSTER", "KEYSLOT", key));
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id());
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id());
        migrate(slot, from, to);
        to.command("CLUSTER", "SETSLOT", slot, "NODE", to.id());
        from.command("CLUSTER", "SETSLOT", slot, "NODE", to.id());
    }

    /** Moves every slot of a primary, so that it has none any more. */
    public void moveAllSlots(Member from, Member to) {
        try (RedisConsole source = from.process().console();
                RedisConsole target = to.process().console()) {
            for (long slot : slots(from)) {
                String number = Long.toString(slot);
                target.command("CLUSTER", "SETSLOT", number, "IMPORTING", from.id());
                if (!source.command("CLUSTER", "COUNTKEYSINSLOT", number).equals(0L)) {
                    source.command("CLUSTER", "SETSLOT", number, "MIGRATING", to.id());
                    migrate(number, from, to);
                }
                target.command("CLUSTER", "SETSLOT", number, "NODE", to.id());
                source.command("CLUSTER", "SETSLOT", number, "NODE", to.id());
            }
        }
    }

    private static long[] slots(Member member) {
        String[] words = nodeLine(member).orElseThrow().split(" ");
        String[] ends = words[8].split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[1]))
                .toArray();
    }

    private static void migrate(String slot, Member from, Member to) {
        List<?> keys;
        while (!(keys = (List<?>) from.command("CLUSTER", "GETKEYSINSLOT", slot, "100")).isEmpty()) {
            for (Object key : keys) {
                String port = Integer.toString(to.process().port());
                from.command("MIGRATE", "127.0.0.1", port, (String) key, "0", "5000");
            }
        }
    }

    /** Lets a replica take over from its primary, which is alive, in order. */
    public void handOver(Member replica) {
        replica.command("CLUSTER", "FAILOVER");
        await().atMost(PATIENCE)
                .until(() -> String.valueOf(replica.command("ROLE")).contains("master"));
    }

    @Override
    public void close() {
        members().forEach(member -> member.process().close());
    }

    private static void meet(Member first, Member member) {
        String bus = nodeLine(member).orElseThrow().replaceAll(".*@(\\d+)[ ,].*", "$1");
        first.command(
                "CLUSTER",
                "MEET",
                "127.0.0.1",
                Integer.toString(member.process().port()),
                bus);
    }

    private static boolean knows(Member member, int count) {
        List<String> lines = lines(member);
        return lines.size() == count && lines.stream().noneMatch(line -> line.contains("handshake"));
    }

    private boolean serves(Member member) {
        String info = (String) member.command("CLUSTER", "INFO");
        long known = IntStream.range(0, primaries.size())
                .filter(i -> lines(member).stream()
                        .anyMatch(line -> line.startsWith(replicas.get(i).id()) && line.contains("slave")))
                .count();
        return info.contains("cluster_state:ok") && known == primaries.size();
    }

    private static boolean hasSlots(Member member) {
        String line = nodeLine(member).orElseThrow();
        return line.contains("master") && line.split(" ").length > 8;
    }

    private static boolean isPrimaryOf(Member member, long slot) {
        try {
            return nodeLine(member).filter(line -> line.contains("master")).stream()
                    .flatMap(line -> List.of(line.split(" ")).stream().skip(8))
                    .filter(range -> !range.startsWith("["))
                    .anyMatch(range -> contains(range, slot));
        } catch (RuntimeException dead) {
            return false;
        }
    }

    private static boolean contains(String range, long slot) {
        String[] ends = range.split("-");
        return Long.parseLong(ends[0]) <= slot && slot <= Long.parseLong(ends[ends.length - 1]);
    }

    private static Optional<String> nodeLine(Member member) {
        return lines(member).stream()
                .filter(line -> line.startsWith(member.id()))
                .findFirst();
    }

    private static List<String> lines(Member member) {
        return ((String) member.command("CLUSTER", "NODES")).lines().toList();
    }
}
