package dev.tandem.redis;

import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of a script, in the order in which it expects them, as they are on the wire: nothing else of them is kept while Redis is
 * asked. Not for several threads while some are added.
 */
public final class Arguments {
    private final List<byte[]> values = new ArrayList<>();

    private Arguments() {}

    /** These texts. */
    public static Arguments of(String... texts) {
        return new Arguments().and(texts);
    }

    /** And those texts behind them. */
    public Arguments and(String... texts) {
        for (String text : texts) {
            values.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** And that behind them, which must not be changed any more. */
    public Arguments and(byte[] value) {
        values.add(value);
        return this;
    }

    /** They, as EVAL and EVALSHA want them behind the keys. */
    void addTo(Request request) {
        values.forEach(request::arg);
    }
}
