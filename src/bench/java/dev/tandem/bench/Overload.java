package dev.tandem.bench;

import java.util.Map;

/** Clients that say several times what a node can carry out: whether all of it is delivered in the end, and nobody is sent away. */
final class Overload implements Scenario {
    private static final int PATIENCE_SECONDS = 60;

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table table = report.table(
                "Overload",
                "messages sent",
                "deliveries",
                "not delivered",
                "connections lost",
                "deliveries/s",
                "server RSS MB");
        TandemServer server = workshop.tandem("Tandem", Map.of());
        Load flood = Load.steady(1000, 1, 16, 20_000, workshop.seconds);
        Load crowd = Load.saturating(5000, 200, 5000, 16, workshop.seconds);
        for (int round = 0; round < workshop.rounds; round++) {
            measure(workshop, table, "1 room x 1,000, 16 publishers, 20,000 messages/s", server, flood);
            measure(workshop, table, "200 rooms x 25, all publish, 16 under way each", server, crowd);
        }
    }

    private static void measure(Workshop workshop, Table table, String row, TandemServer server, Load load) {
        Result result = workshop.swarm.run(server, load.with("--drain", PATIENCE_SECONDS));
        table.add(row, "messages sent", result.sent());
        table.add(row, "deliveries", result.delivered());
        table.add(row, "not delivered", result.missing());
        table.add(row, "connections lost", result.died());
        table.add(row, "deliveries/s", result.deliveriesPerSecond());
        table.add(row, "server RSS MB", result.megabytesAfter());
        table.remark(row, result.remark());
    }
}
