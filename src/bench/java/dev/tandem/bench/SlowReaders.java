package dev.tandem.bench;

import java.util.Map;

/** Ten of 1,000 members read nothing: what the others notice, and what it costs. */
final class SlowReaders implements Scenario {
    private static final int MEMBERS = 1000;
    private static final int SLOW = 10;
    private static final int RATE = 40;
    private static final int BYTES = 4000;
    private static final int SECONDS = 40;

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table table = report.table(
                "Slow readers: 1 room x 1,000 members, 40 messages/s of 4,000 bytes, at most 1 MB may wait",
                "p50 ms",
                "p99 ms",
                "server CPU us each",
                "server RSS MB",
                "closed as too slow");
        Load all = Load.steady(MEMBERS, 1, 20, RATE, SECONDS).with("--payload", BYTES);
        TandemServer server = workshop.tandem("Tandem", Map.of("TANDEM_OUTBOUND_MAX_BYTES", "1M"));
        for (int round = 0; round < workshop.rounds; round++) {
            measure(workshop, table, "all read", server, all);
            measure(workshop, table, "10 do not read", server, all.with("--stall", SLOW));
        }
    }

    private static void measure(Workshop workshop, Table table, String row, TandemServer server, Load load) {
        double before = closed(server);
        Result result = workshop.swarm.run(server, load);
        table.add(row, "p50 ms", result.p50());
        table.add(row, "p99 ms", result.p99());
        table.add(row, "server CPU us each", result.cpuPerDelivery());
        table.add(row, "server RSS MB", result.megabytesAfter());
        table.add(row, "closed as too slow", closed(server) - before);
        table.remark(row, result.remark());
    }

    private static double closed(TandemServer server) {
        return server.metric("tandem_sockets_closed_total", "slow");
    }
}
