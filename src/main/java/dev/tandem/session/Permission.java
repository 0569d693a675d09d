package dev.tandem.session;

import java.util.List;
import java.util.Set;

/**
 * What it takes of an API key to do something: one of these scopes, or {@code admin}. The same on all doors, which name nothing else;
 * people are kept to other rules.
 */
public enum Permission {
    /** Read rooms, their history and who is in them, and hear what happens there. */
    READ(Scope.READ),
    /** Make rooms, say something in them, act for users and change them. */
    PUBLISH(Scope.PUBLISH),
    /** Change rooms, and keep order in them, as far as the key's user may. */
    KEEP_ORDER(Scope.PUBLISH, Scope.MODERATE),
    /** Delete rooms and users, and end users' connections. */
    MODERATE(Scope.MODERATE),
    /** Make and delete keys. */
    ADMIN;

    private final List<Scope> scopes;

    Permission(Scope... scopes) {
        this.scopes = List.of(scopes);
    }

    boolean isIn(Set<Scope> held) {
        return held.contains(Scope.ADMIN) || scopes.stream().anyMatch(held::contains);
    }

    /** The scopes that give it, as who lacks them is told. */
    String names() {
        return scopes.isEmpty()
                ? "'admin'"
                : String.join(
                        " or ",
                        scopes.stream()
                                .map(scope -> "'" + scope.wireName() + "'")
                                .toList());
    }
}
