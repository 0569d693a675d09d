package dev.tandem.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What connections cost that do nothing; each server is new, and has had 1,000 others before. */
final class Idle implements Scenario {
    private static final int ROOMS = 100;
    private static final int SECONDS = 30;
    private static final int BEFORE = 1000;

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        for (int connections : workshop.idleConnections) {
            Table table = report.table(
                            "Idle: %,d connections joined to %d rooms, %d s".formatted(connections, ROOMS, SECONDS),
                            "base MB",
                            "KB each",
                            "connects/s",
                            "CPU % while idle")
                    .comparing("Tandem", "Node.js");
            for (int round = 0; round < workshop.rounds; round++) {
                servers(workshop).forEach(start -> measure(workshop, table, start, connections));
            }
        }
    }

    private static List<Supplier<Server>> servers(Workshop workshop) {
        Supplier<Server> tandem = () -> new TandemServer("Tandem", workshop.programs, Map.of());
        Supplier<Server> node = () -> new NodeServer(workshop.programs);
        return workshop.programs.node ? List.of(tandem, node) : List.of(tandem);
    }

    private static void measure(Workshop workshop, Table table, Supplier<Server> start, int connections) {
        try (Server server = start.get()) {
            workshop.swarm.run(server, Load.idle(BEFORE, ROOMS, 0));
            Result result = workshop.swarm.run(server, Load.idle(connections, ROOMS, SECONDS));
            table.add(server.name(), "base MB", result.megabytesBefore());
            table.add(server.name(), "KB each", result.kilobytesPerConnection());
            table.add(server.name(), "connects/s", result.connectsPerSecond());
            table.add(server.name(), "CPU % while idle", result.serverCpu());
            table.remark(server.name(), result.remark());
        }
    }
}
