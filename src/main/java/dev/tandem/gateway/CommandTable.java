package dev.tandem.gateway;

import dev.tandem.gateway.CommandQueue.Lane;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who carries out which command, and what it takes of an API key to give it. Filled once, then read from any thread. */
final class CommandTable {
    private final Map<Class<? extends ClientCommand>, Entry> entries = new HashMap<>();

    private record Entry(Permission permission, Lane lane, HotExecutor<?> executor) {}

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

    <C extends ClientCommand> void add(Class<C> kind, Permission permission, Executor<C> executor) {
        addHot(kind, permission, Lane.ALONE, (client, command) -> UniHelper.toFuture(executor.run(client, command)));
    }

    <C extends ClientCommand> void addHot(Class<C> kind, Permission permission, Lane lane, HotExecutor<C> executor) {
        if (entries.put(kind, new Entry(permission, lane, executor)) != null) {
            throw new IllegalStateException("Two features carry out " + kind);
        }
    }

    /** True if somebody carries out that kind of command. */
    boolean knows(Class<?> kind) {
        return entries.containsKey(kind);
    }

    /** What a command of that kind may be under way with. */
    Lane laneOf(ClientCommand command) {
        return entries.get(command.getClass()).lane();
    }

    /** Throws {@code forbidden} for a key that may not. */
    @SuppressWarnings("unchecked")
    <C extends ClientCommand> Future<Answer> run(Client client, C command) {
        Entry entry = entries.get(command.getClass());
        client.caller().require(entry.permission());
        return ((HotExecutor<C>) entry.executor()).run(client, command);
    }
}
