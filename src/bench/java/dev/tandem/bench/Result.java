package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/**
 * What the load generator found out in one run, during which other programs and other machines took {@code others} percent of a core, of
 * these the latter {@code stolen}.
 */
record Result(Load load, JsonNode json, double others, double stolen) {
    private static final double MICROS_PER_MILLI = 1000;
    private static final double BYTES_PER_KILOBYTE = 1024;
    private static final double BUSY = 90;
    private static final double DISTURBING = 15;
    /** A core that is away now and then is what the highest latencies tell, and what runs meanwhile costs more. */
    private static final double STALLING = 0.5;

    double deliveriesPerSecond() {
        return number("deliveries_per_s");
    }

    /** Of all the server's processes, in microseconds. */
    double cpuPerDelivery() {
        return number("server_cpu_us_per_delivery");
    }

    double deliveriesPerCoreSecond() {
        return 1e6 / cpuPerDelivery();
    }

    /** Milliseconds. */
    double p50() {
        return number("lat_p50_us") / MICROS_PER_MILLI;
    }

    /** Milliseconds. */
    double p99() {
        return number("lat_p99_us") / MICROS_PER_MILLI;
    }

    /** Percent of a core. */
    double serverCpu() {
        return number("server_cpu_pct");
    }

    /**
     * How long the server's busiest thread was ready to run and had no core, as others or its own threads had it, in percent of the time:
     * whoever spoke meanwhile was heard that much later.
     */
    double waiting() {
        return number("server_wait_pct");
    }

    /** The same of the load generator, which heard that much later what it was sent. */
    double loadWaiting() {
        return number("own_wait_pct");
    }

    /** The same of Redis; 0 where there is none. */
    double redisWaiting() {
        return number("beside_wait_pct");
    }

    /** The load generator's own, percent of a core. */
    double loadCpu() {
        return number("own_cpu_pct");
    }

    double kilobytesPerConnection() {
        return number("rss_per_conn") / BYTES_PER_KILOBYTE;
    }

    /** Of all the server's processes before the first connection, in megabytes. */
    double megabytesBefore() {
        return megabytes("rss_before");
    }

    double megabytesAfter() {
        return megabytes("rss_after");
    }

    /** Messages. */
    double sent() {
        return number("sent");
    }

    double delivered() {
        return number("delivered");
    }

    /** Deliveries that there should have been, and were not. */
    double missing() {
        return number("expected") - delivered();
    }

    /** Connections that did not live to the end. */
    double died() {
        return number("died");
    }

    double connectsPerSecond() {
        return number("opened") / number("connect_s");
    }

    /** Whether others took so much that the numbers are theirs, too. */
    boolean isDisturbed() {
        return others > DISTURBING || isStalled();
    }

    private boolean isStalled() {
        return stolen > STALLING;
    }

    /** What must be known to judge the numbers; empty if there is nothing. */
    String remark() {
        StringBuilder remark = new StringBuilder();
        if (load.isCoalesced()) {
            remark.append("load generator coalesced its reads; ");
        } else if (loadCpu() > BUSY) {
            remark.append("limited by the load generator; ");
        }
        if (isStalled()) {
            remark.append("the machine was away for more than %.1f %% of a core; ".formatted(STALLING));
        }
        if (others > DISTURBING) {
            remark.append("other programs took more than %.0f %% of a core; ".formatted(DISTURBING));
        }
        for (String fault : new String[] {"failed", "died", "lost", "dup", "reordered", "misrouted", "too_late"}) {
            if (json.path(fault).asLong() != 0) {
                remark.append(json.path(fault).asLong())
                        .append(' ')
                        .append(fault)
                        .append("; ");
            }
        }
        return remark.toString();
    }

    @Override
    public String toString() {
        return "%.0f deliveries/s, %.2f us each, p50 %.1f p99 %.1f ms, server %.0f %%, load %.0f %%, waited %.2f %% load %.2f %% Redis %.2f %%, %.1f KB each, %.0f connects/s, others %.0f %%, stolen %.1f %% %s"
                .formatted(
                        deliveriesPerSecond(),
                        cpuPerDelivery(),
                        p50(),
                        p99(),
                        serverCpu(),
                        loadCpu(),
                        waiting(),
                        loadWaiting(),
                        redisWaiting(),
                        kilobytesPerConnection(),
                        connectsPerSecond(),
                        others,
                        stolen,
                        remark());
    }

    private double megabytes(String field) {
        return StreamSupport.stream(json.path("servers").spliterator(), false)
                        .mapToDouble(server -> server.path(field).asDouble())
                        .sum()
                / (BYTES_PER_KILOBYTE * BYTES_PER_KILOBYTE);
    }

    private double number(String field) {
        return json.path(field).asDouble();
    }
}
