package dev.tandem.relay;

/** Why what was under way between two nodes is over. */
enum BreakReason {
    /** Something could not be sent. */
    UNSENT,
    /** Something was missing in what came in. */
    GAP,
    MALFORMED,
    /** This node's pub/sub connection was lost. */
    DEAF,
    /** The other node said nothing for too long. */
    SILENT,
    /** The other node missed something. */
    LOST,
    /** The other node gave up what was under way. */
    ANEW,
    NODE_GONE
}
