package dev.tandem.bench;

/** Clients that say the next thing before they know what became of the last: four messages under way each, and one client alone with 32. */
final class Bursts implements Scenario {
    private static final int ROOMS = 100;
    private static final int MEMBERS = 10;

    @Override
    public void run(Workshop workshop, Report report) {
        Table many = Saturation.table(report, "Bursts: 100 rooms x 10 members, 100 publishers x 4 under way");
        Table one = Saturation.table(report, "Bursts: 1 room x 10 members, 1 publisher x 32 under way");
        Load ofMany = Load.saturating(ROOMS * MEMBERS, ROOMS, ROOMS, 4, workshop.seconds);
        Load ofOne = Load.saturating(MEMBERS, 1, 1, 32, workshop.seconds);
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.all()) {
                Saturation.add(many, server.name(), workshop.swarm.run(server, ofMany));
                Saturation.add(one, server.name(), workshop.swarm.run(server, ofOne));
            }
        }
    }
}
