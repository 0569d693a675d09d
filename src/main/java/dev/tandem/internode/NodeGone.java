package dev.tandem.internode;

import dev.tandem.id.NodeId;

/** Nobody listens under that node's name. */
public final class NodeGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeGone(NodeId node) {
        super("There is no node '" + node + "'", null, false, false);
    }
}
