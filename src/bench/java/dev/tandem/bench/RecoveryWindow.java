package dev.tandem.bench;

import java.util.List;
import java.util.Map;

/** What it costs that clients may come back: the room of 1,000 with the recovery window, and without. */
final class RecoveryWindow implements Scenario {
    private static final int MEMBERS = 1000;

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table saturated = report.table(
                "Recovery window: saturation as above",
                "deliveries/s",
                "server CPU us each",
                "deliveries per core-second",
                "server CPU %",
                "load CPU %");
        Table quiet = Quiet.table(report, "Recovery window: 20,000 deliveries/s as above");
        for (int round = 0; round < workshop.rounds; round++) {
            List<TandemServer> servers = List.of(
                    workshop.tandem("window of 2 minutes", Map.of()),
                    workshop.tandem("no window", Map.of("TANDEM_SOCKETIO_RECOVERY_WINDOW", "0s")));
            for (Server server : servers) {
                Load saturating = Load.saturating(MEMBERS, 1, 16, 2, workshop.seconds);
                Saturation.add(saturated, server.name(), workshop.swarm.run(server, saturating));
                Load steady = Load.steady(MEMBERS, 1, 20, 20, workshop.seconds);
                Quiet.add(quiet, server.name(), workshop.swarm.run(server, steady));
            }
        }
    }
}
