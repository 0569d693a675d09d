package dev.tandem.bench;

/** The same room at a rate that everybody can bear, and at one that most cannot. */
final class Quiet implements Scenario {
    private static final int MEMBERS = 1000;

    @Override
    public void run(Workshop workshop, Report report) {
        Table table = table(report, "Quiet: the same room, 20 messages/s, 20,000 deliveries/s");
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.all()) {
                add(table, server.name(), workshop.swarm.run(server, steady(workshop, 20)));
            }
        }
        Table busy = table(report, "Busy: the same room, 100 messages/s, 100,000 deliveries/s");
        for (int round = 0; round < workshop.rounds; round++) {
            add(busy, "Tandem", workshop.swarm.run(workshop.tandem(), steady(workshop, 100)));
        }
    }

    static Table table(Report report, String title) {
        return report.table(
                        title,
                        "p50 ms",
                        "p99 ms",
                        "waited %",
                        "load waited %",
                        "Redis waited %",
                        "server CPU us each",
                        "deliveries/s")
                .comparing("Tandem", "Node.js");
    }

    static void add(Table table, String row, Result result) {
        table.add(row, "p50 ms", result.p50());
        table.add(row, "p99 ms", result.p99());
        table.add(row, "waited %", result.waiting());
        table.add(row, "load waited %", result.loadWaiting());
        table.add(row, "Redis waited %", result.redisWaiting());
        table.add(row, "server CPU us each", result.cpuPerDelivery());
        table.add(row, "deliveries/s", result.deliveriesPerSecond());
        table.remark(row, result.remark());
    }

    private static Load steady(Workshop workshop, int rate) {
        return Load.steady(MEMBERS, 1, 20, rate, workshop.seconds);
    }
}
