package dev.tandem.cluster;

import java.util.List;

/**
 * What Redis holds about the log of a namespace, of the cluster with that prefix. All keys share a hash tag, so that one server has
 * them, and scripts may touch them together.
 *
 * <table>
 *   <caption>Keys of a log</caption>
 *   <tr><td>{@code recovery:log:{…}:state}</td><td>hash: epoch; number of the last entry; old, since: see log-broadcast.lua</td></tr>
 *   <tr><td>{@code recovery:log:{…}}</td><td>stream: the broadcasts as they were published, field m, by number</td></tr>
 *   <tr><td>{@code recovery:log:{…}:holes}</td><td>hash: for whom something else was broadcast, to the number at which</td></tr>
 * </table>
 */
record LogKeys(String prefix, String namespace) {

    String entries() {
        return "recovery:log:{" + prefix + "#" + namespace + "}";
    }

    String state() {
        return entries() + ":state";
    }

    String holes() {
        return entries() + ":holes";
    }

    /** In the order in which scripts that write expect them. */
    List<String> all() {
        return List.of(state(), entries(), holes());
    }
}
