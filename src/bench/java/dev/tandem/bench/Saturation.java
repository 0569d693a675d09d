package dev.tandem.bench;

/** One room of 1,000 members, in which 16 publishers have two messages under way each. */
final class Saturation implements Scenario {
    private static final int MEMBERS = 1000;

    @Override
    public void run(Workshop workshop, Report report) {
        Table table = table(report, "Saturation: 1 room x 1,000 members, 16 publishers x 2 under way, 64 bytes");
        Load load = Load.saturating(MEMBERS, 1, 16, 2, workshop.seconds);
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.all()) {
                add(table, server.name(), workshop.swarm.run(server, load));
            }
        }
    }

    static Table table(Report report, String title) {
        return report.table(
                        title,
                        "deliveries/s",
                        "server CPU us each",
                        "deliveries per core-second",
                        "server CPU %",
                        "load CPU %")
                .comparing("Tandem", "Node.js");
    }

    static void add(Table table, String row, Result result) {
        table.add(row, "deliveries/s", result.deliveriesPerSecond());
        table.add(row, "server CPU us each", result.cpuPerDelivery());
        table.add(row, "deliveries per core-second", result.deliveriesPerCoreSecond());
        table.add(row, "server CPU %", result.serverCpu());
        table.add(row, "load CPU %", result.loadCpu());
        table.remark(row, result.remark());
    }
}
