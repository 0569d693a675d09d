package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** What the script returns, in one round trip but for the first time. Fails as {@link Commands} says. */
    public Uni<Response> run(Script script, List<String> keys, String... arguments) {
        return run(request -> commands.send(script.effect(), request), script, keys, arguments);
    }

    /** The same with arguments that are no texts. */
    public Uni<Response> run(Script script, List<String> keys, List<Buffer> arguments) {
        return run(request -> commands.send(script.effect(), request), script, keys, arguments);
    }

    /** Runs the script by way of {@code send}. */
    <T> Uni<T> run(Function<Request, Uni<T>> send, Script script, List<String> keys, String... arguments) {
        return run(send, script, keys, Stream.of(arguments).map(Buffer::buffer).toList());
    }

    private <T> Uni<T> run(Function<Request, Uni<T>> send, Script script, List<String> keys, List<Buffer> arguments) {
        Script.Text text = script.text(cluster);
        return send.apply(request(Command.EVALSHA, text.sha(), keys, arguments))
                .onFailure(RedisFailures::isUnknownScript)
                .recoverWithUni(() -> send.apply(request(Command.EVAL, text.source(), keys, arguments)));
    }

    private static Request request(Command command, String script, List<String> keys, List<Buffer> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
