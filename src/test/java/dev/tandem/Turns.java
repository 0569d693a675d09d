package dev.tandem;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;

/** An event loop that takes its turns when a test says so. */
public final class Turns {
    private final Queue<Handler<Void>> due = new ArrayDeque<>();
    private final Context context = (Context) Proxy.newProxyInstance(
            Turns.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("runOnContext")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                @SuppressWarnings("unchecked")
                Handler<Void> turn = (Handler<Void>) arguments[0];
                due.add(turn);
                return null;
            });

    /** The loop as the code under test sees it. */
    public Context context() {
        return context;
    }

    /** Takes one turn after another until none is due. */
    public void takeAll() {
        while (!due.isEmpty()) {
            due.poll().handle(null);
        }
    }
}
