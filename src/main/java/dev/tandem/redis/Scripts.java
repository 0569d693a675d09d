package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/** Runs Lua scripts: by their hash, and with their text where Redis does not know them yet. */
public final class Scripts {
    private final Commands commands;
    private final boolean cluster;

    /** {@code cluster} says whether the scripts publish as it is done in a cluster. */
    public Scripts(Commands commands, boolean cluster) {
        this.commands = commands;
        this.cluster = cluster;
    }

    /** Whether a script may read keys that it is not told, wherever they belong: not in a cluster. */
    public boolean reachEveryKey() {
        return !cluster;
    }

    /**
     * What the script returns, in one round trip but for the first time. Runs now and once, for the ways that every message takes. Fails as
     * {@link Commands} says.
     */
    public Future<Response> ask(Script script, Keys keys, Arguments arguments) {
        return ask(commands::ask, script, keys, arguments);
    }

    /** The same, run with each subscription. */
    public Uni<Response> run(Script script, List<String> keys, String... arguments) {
        return run(script, keys, Arguments.of(arguments));
    }

    /** The same with arguments that need not be texts. */
    public Uni<Response> run(Script script, List<String> keys, Arguments arguments) {
        return AsyncResultUni.toUni(
                answer -> ask(script, Keys.of(keys), arguments).onComplete(answer));
    }

    /** The way that the script's request takes. */
    interface Way<T> {
        Future<T> ask(Commands.Effect effect, Request request);
    }

    /** Runs the script that way. */
    <T> Future<T> ask(Way<T> way, Script script, Keys keys, Arguments arguments) {
        Script.Text text = script.text(cluster);
        return way.ask(script.effect(), request(Command.EVALSHA, text.sha(), keys, arguments))
                .recover(failure -> RedisFailures.isUnknownScript(failure)
                        ? way.ask(script.effect(), request(Command.EVAL, text.source(), keys, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, Keys keys, Arguments arguments) {
        Request request = Request.cmd(command).arg(script);
        keys.addTo(request);
        arguments.addTo(request);
        return request;
    }
}
