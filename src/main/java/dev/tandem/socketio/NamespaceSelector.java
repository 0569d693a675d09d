package dev.tandem.socketio;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which namespaces a {@link NamespaceHandler} is for. */
public sealed interface NamespaceSelector {

    /** The one namespace of that name, which begins with {@code /}; it is there from the start. */
    static NamespaceSelector named(String name) {
        return new Named(name);
    }

    /** Every namespace whose whole name matches; one is there while somebody is in it. */
    static NamespaceSelector matching(Pattern pattern) {
        return new Matching(pattern.asMatchPredicate());
    }

    /** Every namespace whose name passes the test; one is there while somebody is in it. */
    static NamespaceSelector matching(Predicate<String> test) {
        return new Matching(test);
    }

    record Named(String name) implements NamespaceSelector {
        public Named {
            if (!name.startsWith("/") || name.contains(",") || name.contains("?")) {
                throw new IllegalArgumentException("A namespace begins with '/' and has no ',' or '?': " + name);
            }
        }
    }

    record Matching(Predicate<String> test) implements NamespaceSelector {}
}
