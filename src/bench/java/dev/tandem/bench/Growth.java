package dev.tandem.bench;

import java.util.List;
import java.util.OptionalLong;

/**
 * Whether a delivery costs the same in larger rooms, among more rooms, and with a second node; the floor shows what of that is the
 * machine's, whose caches hold few sockets. In the first two all connections are those of one user: ten thousand users who come, one after
 * another, are told to each other fifty million times.
 */
final class Growth implements Scenario {
    private static final int DELIVERIES_PER_SECOND = 20_000;
    private static final int[] MEMBERS = {10, 100, 1_000, 10_000};
    private static final int[] ROOMS = {1, 10, 100, 1_000};
    private static final int MEMBERS_OF_MANY = 10;

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table members = Quiet.table(report, "Growth: one room of n members at 20,000 deliveries/s");
        Table rooms = Quiet.table(report, "Growth: n rooms of 10 members at 20,000 deliveries/s");
        String session = session(workshop.tandem());
        for (int round = 0; round < workshop.rounds; round++) {
            for (Server server : workshop.peersAndFloor()) {
                for (int count : MEMBERS) {
                    String row = "%s, %,d members".formatted(server.name(), count);
                    Quiet.add(
                            members,
                            row,
                            workshop.swarm.run(
                                    server, steady(workshop, count, 1).with("--header", session)));
                }
                for (int count : ROOMS) {
                    String row = "%s, %,d rooms".formatted(server.name(), count);
                    int connections = count * MEMBERS_OF_MANY;
                    Quiet.add(
                            rooms,
                            row,
                            workshop.swarm.run(
                                    server, steady(workshop, connections, count).with("--header", session)));
                }
            }
        }
        secondNode(workshop, report);
    }

    /** A header with which all connections are of one user; the others take no notice. */
    private static String session(TandemServer tandem) {
        int port = tandem.ports().get(0);
        HttpCalls.createRoom(port, "growth");
        return "Cookie: " + HttpCalls.session(port, "growth", "{\"text\":\"hello\"}");
    }

    private static Load steady(Workshop workshop, int connections, int rooms) {
        int members = connections / rooms;
        int publishers = Math.max(rooms, Math.min(members, 10));
        double rate = (double) DELIVERIES_PER_SECOND / members;
        return Load.steady(connections, rooms, publishers, rate, workshop.seconds);
    }

    private static void secondNode(Workshop workshop, Report report) {
        Table table = report.table(
                "Two nodes on one Redis, both on one core: the room of 1,000, half of it on each",
                "deliveries/s",
                "server CPU us each",
                "deliveries per core-second",
                "server CPU %",
                "load CPU %");
        Load load = Load.saturating(1_000, 1, 16, 2, workshop.seconds);
        TandemServer first = workshop.tandem();
        try (Nodes both = new Nodes(List.of(first, first.second(workshop.programs)))) {
            workshop.warmUp(both);
            for (int round = 0; round < workshop.rounds; round++) {
                Saturation.add(table, "one node", workshop.swarm.run(first, load));
                Saturation.add(table, "two nodes", workshop.swarm.run(both, load));
            }
        }
    }

    /** Nodes of one cluster, over which connections are spread. Closes all but the first, which is not its own. */
    private record Nodes(List<TandemServer> nodes) implements Server {
        @Override
        public String name() {
            return nodes.size() + " nodes";
        }

        @Override
        public List<Long> pids() {
            return nodes.stream().flatMap(node -> node.pids().stream()).toList();
        }

        @Override
        public List<Integer> ports() {
            return nodes.stream().flatMap(node -> node.ports().stream()).toList();
        }

        @Override
        public OptionalLong redisPid() {
            return nodes.get(0).redisPid();
        }

        @Override
        public void createRooms(String set, int rooms) {
            nodes.get(0).createRooms(set, rooms);
        }

        @Override
        public List<String> dialect(String set) {
            return nodes.get(0).dialect(set);
        }

        @Override
        public void close() {
            nodes.stream().skip(1).forEach(Server::close);
        }
    }
}
