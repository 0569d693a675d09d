package dev.tandem.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The least that a server can do: one write for each delivery, or, gathering, one for all that came in a round. */
final class FloorServer implements Server {
    private final boolean gathers;
    private final int port = Ports.free();
    private final Child process;

    FloorServer(Path program, boolean gathers) {
        this.gathers = gathers;
        List<String> command = new ArrayList<>(List.of(program.toString(), Integer.toString(port)));
        if (gathers) {
            command.add("--batch");
        }
        process = Child.start("floor", Machine.SERVER, Map.of(), command);
        Ports.awaitOpen(port, process);
    }

    @Override
    public String name() {
        return gathers ? "C floor, gathering" : "C floor";
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public void createRooms(String set, int rooms) {
        // Rooms are there when somebody joins them.
    }

    @Override
    public List<String> dialect(String set) {
        return List.of("--mode", "raw", "--join", "J" + set + "-%ROOM%");
    }

    @Override
    public void close() {
        process.close();
    }
}
