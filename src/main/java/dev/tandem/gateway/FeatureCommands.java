package dev.tandem.gateway;

/** Carries out the commands of one feature. A bean; {@link Gateway} finds all of them. */
interface FeatureCommands {

    /** Says, once, at the start of the node, which commands it carries out. */
    void enlist(CommandTable table);
}
