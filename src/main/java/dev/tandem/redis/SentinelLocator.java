package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks sentinels where the primary is: one after the other, beginning with the one that answered last, each on a connection that
 * is closed at once. No connection to a sentinel outlives a question.
 */
final class SentinelLocator implements Locator {
    private final Opener opener;
    private final String master;
    private final List<RedisAddress> sentinels;
    /** Login, database and encryption are those of the primary; its host means nothing. */
    private final RedisAddress template;
    /** Which sentinel answered last. Touched on the loop only. */
    private int preferred;

    SentinelLocator(Opener opener, SentinelSettings settings) {
        this.opener = opener;
        this.master = settings.master();
        this.sentinels = settings.sentinels();
        this.template = settings.template();
    }

    /** Fails, at the latest after the connect timeout for each sentinel, if none of them knows. */
    @Override
    public Future<RedisAddress> find() {
        return askFrom(preferred, new ArrayList<>());
    }

    @Override
    public String displayed() {
        return "primary " + master + " of " + sentinels;
    }

    private Future<RedisAddress> askFrom(int index, List<String> refusals) {
        if (refusals.size() == sentinels.size()) {
            return Future.failedFuture(
                    "no sentinel knows the primary '" + master + "': " + String.join("; ", refusals));
        }
        RedisAddress sentinel = sentinels.get(index);
        return ask(sentinel).onSuccess(found -> preferred = index).recover(failure -> {
            refusals.add(sentinel + " " + RedisFailures.reason(failure));
            return askFrom((index + 1) % sentinels.size(), refusals);
        });
    }

    private Future<RedisAddress> ask(RedisAddress sentinel) {
        Promise<Response> answer = Promise.promise();
        return opener.open(sentinel, "sentinel", connection -> question(connection, answer))
                .onSuccess(DialedConnection::destroy)
                .compose(asked -> answer.future())
                .compose(this::primary);
    }

    /** Part of the setup of the connection, so that its bound is that of the answer too. */
    private Future<RedisConnection> question(RedisConnection connection, Promise<Response> answer) {
        Request question =
                Request.cmd(Command.SENTINEL).arg("get-master-addr-by-name").arg(master);
        return connection.send(question).onSuccess(answer::complete).map(connection);
    }

    private Future<RedisAddress> primary(Response hostAndPort) {
        return hostAndPort == null || hostAndPort.size() != 2
                ? Future.failedFuture("does not know it")
                : Future.succeededFuture(template.at(
                        hostAndPort.get(0).toString(), hostAndPort.get(1).toInteger()));
    }
}
