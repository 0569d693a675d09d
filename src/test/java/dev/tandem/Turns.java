package dev.tandem;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;

/** An event loop that takes its turns when a test says so. */
public final class Turns {
    private final Queue<Handler<Void>> due = new ArrayDeque<>();
    private final Queue<Handler<Long>> timers = new ArrayDeque<>();
    private final Vertx clock = (Vertx) Proxy.newProxyInstance(
            Turns.class.getClassLoader(), new Class<?>[] {Vertx.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("setTimer")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                @SuppressWarnings("unchecked")
                Handler<Long> timer = (Handler<Long>) arguments[1];
                timers.add(timer);
                return (long) timers.size();
            });
    private final Context context = (Context) Proxy.newProxyInstance(
            Turns.class.getClassLoader(), new Class<?>[] {ContextInternal.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("owner")) {
                    return clock;
                }
                if (method.getName().endsWith("Dispatch")) {
                    return null;
                }
                if (method.getName().equals("dispatch")) {
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                }
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

    /** Lets every timer that is set now go off. */
    public void ring() {
        Queue<Handler<Long>> set = new ArrayDeque<>(timers);
        timers.clear();
        set.forEach(timer -> timer.handle(0L));
    }

    /** Takes one turn after another until none is due. */
    public void takeAll() {
        while (!due.isEmpty()) {
            due.poll().handle(null);
        }
    }
}
