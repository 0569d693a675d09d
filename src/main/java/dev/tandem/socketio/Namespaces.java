package dev.tandem.socketio;

import dev.tandem.error.Unattended;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The namespaces of this node. One that has a name of its own is always there; one that matches a pattern comes with the first
 * who asks for it, and goes with the last, so that their number is bounded by that of the sockets. From any thread.
 */
@Singleton
class Namespaces {
    private final AdapterFactory adapters;
    private final RecoveryFactory recoveries;
    private final HandlerRunner runner;
    private final SocketIoConfig config;
    private final AdapterConfig adapterConfig;
    private final Map<String, Namespace> named = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<String, Used> dynamic = new ConcurrentHashMap<>();

    private record Pattern(NamespaceSelector.Matching selector, NamespaceHandler handler) {}

    private record Used(Namespace namespace, int users) {}

    Namespaces(
            @All List<NamespaceHandler> handlers,
            AdapterFactory adapters,
            RecoveryFactory recoveries,
            HandlerRunner runner,
            SocketIoConfig config,
            AdapterConfig adapterConfig) {
        this.adapters = adapters;
        this.recoveries = recoveries;
        this.runner = runner;
        this.config = config;
        this.adapterConfig = adapterConfig;
        handlers.forEach(this::add);
    }

    /** The namespace of that name, until {@link #release}; empty if there is none and none may be. */
    Optional<Namespace> acquire(String name) {
        Namespace own = named.get(name);
        return own != null ? Optional.of(own) : handlerOf(name).map(handler -> use(name, handler));
    }

    /** One of those who {@link #acquire acquired} the namespace does not need it any more. */
    void release(Namespace namespace) {
        dynamic.computeIfPresent(namespace.name(), (name, used) -> {
            if (used.users() > 1) {
                return new Used(used.namespace(), used.users() - 1);
            }
            Unattended.run("close a namespace", used.namespace().adapter().close());
            return null;
        });
    }

    private Namespace use(String name, NamespaceHandler handler) {
        return dynamic.compute(
                        name,
                        (key, used) -> used == null
                                ? new Used(create(key, handler), 1)
                                : new Used(used.namespace(), used.users() + 1))
                .namespace();
    }

    private Optional<NamespaceHandler> handlerOf(String name) {
        return patterns.stream()
                .filter(pattern -> matches(pattern, name))
                .map(Pattern::handler)
                .findFirst();
    }

    private boolean matches(Pattern pattern, String name) {
        try {
            return pattern.selector().test().test(name);
        } catch (RuntimeException failure) {
            runner.onFailure("selector", name, failure);
            return false;
        }
    }

    private void add(NamespaceHandler handler) {
        NamespaceSelector selector = handler.namespaces();
        if (selector instanceof NamespaceSelector.Matching matching) {
            patterns.add(new Pattern(matching, handler));
        } else {
            addNamed(((NamespaceSelector.Named) selector).name(), handler);
        }
    }

    private void addNamed(String name, NamespaceHandler handler) {
        Namespace other = named.get(name);
        if (other != null) {
            throw new IllegalStateException(
                    "Two beans describe the Socket.IO namespace '%s': %s and %s. The one of the rooms is set by tandem.rooms.namespace."
                            .formatted(
                                    name,
                                    other.handler().getClass().getName(),
                                    handler.getClass().getName()));
        }
        named.put(name, create(name, handler));
    }

    private Namespace create(String name, NamespaceHandler handler) {
        return new Namespace(name, handler, adapters, recoveries, runner, config, adapterConfig);
    }
}
