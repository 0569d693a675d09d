package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;

/** Runs Lua scripts: by their hash, and with their text where Redis does not know them yet. */
@Singleton
public class Scripts {
    private final Commands commands;

    public Scripts(Commands commands) {
        this.commands = commands;
    }

    /** What the script returns, in one round trip but for the first time. Fails as {@link Commands} says. */
    public Uni<Response> run(Script script, List<String> keys, String... arguments) {
        return commands.send(script.effect(), byHash(script, keys, arguments))
                .onFailure(RedisFailures::isUnknownScript)
                .recoverWithUni(() -> commands.send(script.effect(), byText(script, keys, arguments)));
    }

    /** Fails with NOSCRIPT if Redis does not know the script. */
    static Request byHash(Script script, List<String> keys, String... arguments) {
        return request(Command.EVALSHA, script.sha(), keys, arguments);
    }

    static Request byText(Script script, List<String> keys, String... arguments) {
        return request(Command.EVAL, script.source(), keys, arguments);
    }

    private static Request request(Command command, String script, List<String> keys, String... arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return request;
    }
}
