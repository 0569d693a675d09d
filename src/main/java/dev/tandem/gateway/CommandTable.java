package dev.tandem.gateway;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who carries out which command. Filled once, then read from any thread. */
final class CommandTable {
    private final Map<Class<? extends ClientCommand>, HotExecutor<?>> executors = new HashMap<>();

    /** Carries out one kind of command, on the connection's event loop; completes, on any thread, with what the client is told. */
    interface Executor<C extends ClientCommand> {
        Uni<Answer> run(Client client, C command);
    }

    /** The same for a command that is given so often that each step counts: begun when it is called. */
    interface HotExecutor<C extends ClientCommand> {
        Future<Answer> run(Client client, C command);
    }

    static CommandTable of(List<FeatureCommands> features) {
        CommandTable table = new CommandTable();
        features.forEach(feature -> feature.enlist(table));
        return table;
    }

    <C extends ClientCommand> void add(Class<C> kind, Executor<C> executor) {
        addHot(kind, (client, command) -> UniHelper.toFuture(executor.run(client, command)));
    }

    <C extends ClientCommand> void addHot(Class<C> kind, HotExecutor<C> executor) {
        if (executors.put(kind, executor) != null) {
            throw new IllegalStateException("Two features carry out " + kind);
        }
    }

    /** True if somebody carries out that kind of command. */
    boolean knows(Class<?> kind) {
        return executors.containsKey(kind);
    }

    @SuppressWarnings("unchecked")
    <C extends ClientCommand> Future<Answer> run(Client client, C command) {
        return ((HotExecutor<C>) executors.get(command.getClass())).run(client, command);
    }
}
