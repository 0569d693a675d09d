package dev.tandem.bench;

/** 200 rooms of 25 members, one of whom publishes in each: many messages to few. */
final class ManyRooms implements Scenario {
    private static final int ROOMS = 200;
    private static final int MEMBERS = 25;
    private static final int DELIVERIES_PER_SECOND = 20_000;

    @Override
    public void run(Workshop workshop, Report report) {
        Table saturated = Saturation.table(report, "Many rooms: 200 rooms x 25 members, 200 publishers x 1 under way");
        Table quiet = Quiet.table(report, "Many rooms: the same at 20,000 deliveries/s");
        Load saturating = Load.saturating(ROOMS * MEMBERS, ROOMS, ROOMS, 1, workshop.seconds);
        Load steady =
                Load.steady(ROOMS * MEMBERS, ROOMS, ROOMS, (double) DELIVERIES_PER_SECOND / MEMBERS, workshop.seconds);
        workshop.peers().forEach(server -> workshop.warmUp(server, saturating));
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.all()) {
                Saturation.add(saturated, server.name(), workshop.swarm.run(server, saturating));
                Quiet.add(quiet, server.name(), workshop.swarm.run(server, steady));
            }
        }
    }
}
