package dev.tandem.torture;

import dev.tandem.redis.RedisCluster;
import dev.tandem.redis.RedisCluster.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/** What can go wrong with a Redis Cluster. Every fault has ended when {@code inflict} returns. */
enum ClusterFault {
    /** Its replica takes over; it comes back as a replica of its heir. */
    KILL_PRIMARY {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            Member killed = primary(cluster, random);
            Member heir = cluster.replicaOf(killed);
            killed.process().kill();
            cluster.awaitPrimary(heir);
            Fault.pause(random.nextInt(1_000));
            launch(killed);
            cluster.awaitReplicas();
        }
    },
    /** Longer than the others wait before its replica takes over, or shorter. */
    HANG_PRIMARY {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            Member hung = primary(cluster, random);
            hung.process().hang();
            Fault.pause(200 + random.nextInt(5_000));
            hung.process().goOn();
            cluster.awaitReplicas();
        }
    },
    HAND_OVER {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            cluster.handOver(cluster.replicaOf(primary(cluster, random)));
            cluster.awaitReplicas();
        }
    },
    KILL_CONNECTIONS {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            String type = random.nextBoolean() ? "normal" : "pubsub";
            primary(cluster, random).command("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
        }
    },
    MOVE_A_ROOM {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            String key = "room:{" + Torture.room(random) + "}";
            Member from = cluster.ownerOf(key);
            List<Member> others = cluster.presentPrimaries().stream()
                    .filter(member -> member != from)
                    .toList();
            cluster.moveSlot(key, from, others.get(random.nextInt(others.size())));
        }
    },
    SLEEP {
        @Override
        void inflict(RedisCluster cluster, Random random) {
            primary(cluster, random).command("DEBUG", "SLEEP", "0." + (1 + random.nextInt(8)));
        }
    };

    static String inflictOne(RedisCluster cluster, Random random) {
        ClusterFault fault = values()[random.nextInt(values().length)];
        fault.inflict(cluster, random);
        return fault.name();
    }

    abstract void inflict(RedisCluster cluster, Random random);

    private static Member primary(RedisCluster cluster, Random random) {
        List<Member> primaries = cluster.presentPrimaries();
        return primaries.get(random.nextInt(primaries.size()));
    }

    private static void launch(Member member) {
        try {
            member.process().launch();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
