package dev.tandem.cluster.codec;

import java.util.Optional;
import java.util.Set;

/**
 * The names of a namespace's channels. {@code prefix} is the adapter's {@code key}, {@code socket.io} unless all members of the
 * cluster have another one.
 */
public record ClusterChannels(String prefix, String namespace) {

    /** Where broadcasts go: to the room's channel if exactly one room is addressed, otherwise to the namespace's. */
    public String broadcast(Set<String> rooms) {
        return rooms.size() == 1 ? broadcast() + rooms.iterator().next() + "#" : broadcast();
    }

    /** The pattern of all channels of broadcasts. A star in the name of a namespace is a star, and nothing else. */
    public String broadcastPattern() {
        return broadcast().replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*";
    }

    /** The one room that a broadcast on that channel is for; empty if it is the namespace's, or no channel of broadcasts here. */
    public Optional<String> room(String channel) {
        String own = broadcast();
        boolean isRooms = channel.length() > own.length() + 1 && channel.startsWith(own) && channel.endsWith("#");
        return isRooms ? Optional.of(channel.substring(own.length(), channel.length() - 1)) : Optional.empty();
    }

    /** Where every server listens for requests; how many do is the number of servers. */
    public String requests() {
        return prefix + "-request#" + namespace + "#";
    }

    /** Where every server listens for responses. */
    public String responses() {
        return prefix + "-response#" + namespace + "#";
    }

    /** Where only that server listens; peers answer there if their {@code publishOnSpecificResponseChannel} is set. */
    public String responses(String uid) {
        return responses() + uid + "#";
    }

    private String broadcast() {
        return prefix + "#" + namespace + "#";
    }
}
