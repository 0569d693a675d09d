package dev.tandem.torture;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import dev.tandem.redis.RedisProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What can go wrong between a node and its Redis; each is over when {@link #inflict} returns. */
enum Fault {
    KILL_COMMANDS {
        @Override
        void inflict(Redis redis, Random random) {
            redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
    },
    KILL_PUBSUB {
        @Override
        void inflict(Redis redis, Random random) {
            redis.ask("CLIENT", "KILL", "TYPE", "pubsub");
        }
    },
    CUT_ONE {
        @Override
        void inflict(Redis redis, Random random) {
            redis.proxy(random).cut(role(random));
        }
    },
    STALL_TO_NODE {
        @Override
        void inflict(Redis redis, Random random) {
            stall(redis.proxy(random), role(random), Direction.TO_NODE, 500 + random.nextInt(5_000));
        }
    },
    STALL_TO_REDIS {
        @Override
        void inflict(Redis redis, Random random) {
            stall(redis.proxy(random), role(random), Direction.TO_REDIS, 500 + random.nextInt(5_000));
        }
    },
    HALF_CLOSE {
        @Override
        void inflict(Redis redis, Random random) {
            redis.proxy(random).halfClose(role(random), random.nextBoolean() ? Direction.TO_NODE : Direction.TO_REDIS);
        }
    },
    DELAY {
        @Override
        void inflict(Redis redis, Random random) {
            redis.proxy(random).delay(role(random), 20 + random.nextInt(200));
            pause(2_000);
        }
    },
    REFUSE {
        @Override
        void inflict(Redis redis, Random random) {
            RedisProxy proxy = redis.proxy(random);
            proxy.refuse(true);
            proxy.cut("commands");
            proxy.cut("pubsub");
            pause(500 + random.nextInt(3_000));
            proxy.refuse(false);
        }
    },
    HANG {
        @Override
        void inflict(Redis redis, Random random) {
            redis.process().hang();
            pause(500 + random.nextInt(4_000));
            redis.process().goOn();
        }
    },
    SLEEP {
        @Override
        void inflict(Redis redis, Random random) {
            redis.ask("DEBUG", "SLEEP", "0." + (1 + random.nextInt(9)));
        }
    },
    PAUSE {
        @Override
        void inflict(Redis redis, Random random) {
            redis.ask("CLIENT", "PAUSE", Integer.toString(200 + random.nextInt(2_500)), "WRITE");
        }
    },
    FORGET_SCRIPTS {
        @Override
        void inflict(Redis redis, Random random) {
            redis.ask("SCRIPT", "FLUSH");
        }
    },
    RESTART {
        @Override
        void inflict(Redis redis, Random random) {
            redis.process().kill();
            pause(200 + random.nextInt(3_000));
            try {
                redis.process().launch();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    };

    /** The server, and the proxies through which the nodes reach it. */
    record Redis(RedisProcess process, RedisProxy... proxies) {
        RedisProxy proxy(Random random) {
            return proxies[random.nextInt(proxies.length)];
        }

        void ask(String... command) {
            try (RedisConsole console = process.console()) {
                console.command(command);
            }
        }
    }

    static String inflictOne(Redis redis, Random random) {
        Fault fault = values()[random.nextInt(values().length)];
        fault.inflict(redis, random);
        return fault.name();
    }

    abstract void inflict(Redis redis, Random random);

    private static String role(Random random) {
        return random.nextBoolean() ? "commands" : "pubsub";
    }

    private static void stall(RedisProxy proxy, String role, Direction direction, int millis) {
        proxy.stall(role, direction);
        pause(millis);
        proxy.release(role, direction);
    }

    /** A fault has a length; nothing is waited for. */
    static void pause(int millis) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).join();
    }
}
