package dev.tandem.cluster;

import dev.tandem.cluster.codec.ClusterChannels;
import dev.tandem.id.RandomText;
import java.util.Optional;

/** This node in one namespace, as the other servers see it: the uid under which it speaks, and the channels. */
record ClusterMember(String uid, ClusterChannels channels) {
    /** Who says what all nodes of Tandem know already, so that they ignore it. */
    static final String MIRROR = "tandem-mirror";

    /** Who says what is in the log of the namespace, on whatever node: this node's own sockets hear it from there too. */
    static final String LOG = "tandem-log";

    private static final int UID_LENGTH = 6;

    static ClusterMember of(String namespace, ClusterConfig config) {
        return new ClusterMember(RandomText.letters(UID_LENGTH), new ClusterChannels(config.prefix(), namespace));
    }

    String namespace() {
        return channels.namespace();
    }

    /** Whether that is what this node said itself. */
    boolean isSelf(Optional<String> sender) {
        return sender.isPresent() && sender.get().equals(uid);
    }
}
