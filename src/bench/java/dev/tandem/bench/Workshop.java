package dev.tandem.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What scenarios work with: settings, the load generator, and servers that are started once, warmed up, and kept for all rounds. */
final class Workshop implements AutoCloseable {
    private static final int WARM_UP_SECONDS = 5;

    final Programs programs;
    final Swarm swarm;
    final int rounds = Integer.getInteger("bench.rounds", 3);
    final int seconds = Integer.getInteger("bench.seconds", 5);

    final List<Integer> idleConnections = Stream.of(
                    System.getProperty("bench.connections", "10000,18000").split(","))
            .map(Integer::valueOf)
            .toList();

    private final Map<String, Server> running = new LinkedHashMap<>();

    Workshop(Programs programs) {
        this.programs = programs;
        this.swarm = new Swarm(programs);
    }

    TandemServer tandem() {
        return tandem("Tandem", Map.of());
    }

    /** A node with settings of its own, known by that name. */
    TandemServer tandem(String name, Map<String, String> settings) {
        return (TandemServer) warm(name, () -> new TandemServer(name, programs, settings));
    }

    /** Tandem and the usual stack, if there is one. */
    List<Server> peers() {
        List<Server> peers = new ArrayList<>(List.of(tandem()));
        if (programs.node) {
            peers.add(warm("Node.js", () -> new NodeServer(programs)));
        }
        return peers;
    }

    /** The peers, and the floor that makes a write for each delivery, if it could be compiled. */
    List<Server> peersAndFloor() {
        List<Server> some = new ArrayList<>(peers());
        programs.floor.ifPresent(program -> some.add(kept("floor", () -> new FloorServer(program, false))));
        return some;
    }

    /** The peers, and the floors if they could be compiled. */
    List<Server> all() {
        List<Server> all = new ArrayList<>(peersAndFloor());
        programs.floor.ifPresent(program -> all.add(kept("gathering floor", () -> new FloorServer(program, true))));
        return all;
    }

    /** Ends the servers that are kept, which would be in the way of others; who wants them next gets new ones. */
    void closeServers() {
        running.values().forEach(Server::close);
        running.clear();
    }

    @Override
    public void close() {
        closeServers();
    }

    /** Saturates a server with a room until it gets no faster any more; within two minutes or so. */
    void warmUp(Server server) {
        warmUp(server, Load.saturating(200, 1, 16, 2, WARM_UP_SECONDS));
    }

    /** The same with what it has not done yet: one way being compiled says nothing of another. */
    void warmUp(Server server, Load load) {
        WarmUp.until(() -> swarm.once(server, load).cpuPerDelivery());
    }

    private Server warm(String name, Supplier<Server> start) {
        boolean isNew = !running.containsKey(name);
        Server server = kept(name, start);
        if (isNew) {
            warmUp(server);
        }
        return server;
    }

    private Server kept(String name, Supplier<Server> start) {
        return running.computeIfAbsent(name, absent -> start.get());
    }
}
