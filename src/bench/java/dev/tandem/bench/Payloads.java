package dev.tandem.bench;

/** Longer messages: what is copied, encoded and collected on the way of each counts for more, the fewer members it goes to. */
final class Payloads implements Scenario {
    private static final int LONG = 1024;
    /** Near the longest text that a room takes by default. */
    private static final int LONGEST = 3800;

    @Override
    public void run(Workshop workshop, Report report) {
        Table many = Saturation.table(report, "Payloads: 200 rooms x 25 members, 200 publishers x 1 under way, 1 KB");
        Table few = Saturation.table(report, "Payloads: 500 rooms x 4 members, 500 publishers x 1 under way, 1 KB");
        Table longest = Saturation.table(report, "Payloads: the same, 3.8 KB");
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.all()) {
                measure(workshop, server, many, load(200, 25, LONG, workshop.seconds));
                measure(workshop, server, few, load(500, 4, LONG, workshop.seconds));
                measure(workshop, server, longest, load(500, 4, LONGEST, workshop.seconds));
            }
        }
    }

    private static void measure(Workshop workshop, Server server, Table table, Load load) {
        Saturation.add(table, server.name(), workshop.swarm.run(server, load));
    }

    private static Load load(int rooms, int members, int bytes, int seconds) {
        return Load.saturating(rooms * members, rooms, rooms, 1, seconds).with("--payload", bytes);
    }
}
