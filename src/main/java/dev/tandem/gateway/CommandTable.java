package dev.tandem.gateway;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who carries out which command. Filled once, then read from any thread. */
final class CommandTable {
    private final Map<Class<? extends ClientCommand>, Executor<?>> executors = new HashMap<>();

    /** Carries out one kind of command, on the connection's event loop; completes, on any thread, with what the client is told. */
    interface Executor<C extends ClientCommand> {
        Uni<Answer> run(Client client, C command);
    }

    static CommandTable of(List<FeatureCommands> features) {
        CommandTable table = new CommandTable();
        features.forEach(feature -> feature.enlist(table));
        return table;
    }

    <C extends ClientCommand> void add(Class<C> kind, Executor<C> executor) {
        if (executors.put(kind, executor) != null) {
            throw new IllegalStateException("Two features carry out " + kind);
        }
    }

    /** True if somebody carries out that kind of command. */
    boolean knows(Class<?> kind) {
        return executors.containsKey(kind);
    }

    @SuppressWarnings("unchecked")
    <C extends ClientCommand> Uni<Answer> run(Client client, C command) {
        return ((Executor<C>) executors.get(command.getClass())).run(client, command);
    }
}
