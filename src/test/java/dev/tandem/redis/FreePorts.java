package dev.tandem.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are about to start. They are none of those that the system itself gives to whoever asks for any, or connects: so
 * nobody takes one in the seconds until its server is there, or while that is away.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 20_000;
    /** Spreads processes whose numbers are close to each other. */
    private static final long SPREAD = 12_361;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * SPREAD % COUNT));

    private FreePorts() {}

    /** Another one each time. */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
