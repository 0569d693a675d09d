package dev.tandem.cluster;

import dev.tandem.redis.RedisProcess;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Verifies that a member of a cluster keeps the contract while it is the only one. */
class RedisAdapterTest extends AdapterContract {
    private static RedisProcess redis;
    private Member member;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected Adapter create() {
        member = Member.join(
                redis.url(),
                namespace,
                Map.of("socketio.max-rooms", "" + MAX_ROOMS, "socketio.ack-timeout", ACK_TIMEOUT.toString()));
        return member.adapter();
    }

    @AfterEach
    void leave() {
        member.close();
    }
}
