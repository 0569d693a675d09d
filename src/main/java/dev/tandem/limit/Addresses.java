package dev.tandem.limit;

/** Whom an address stands for: itself, or with IPv6, where everybody has 2^64 of them, its network. Pure. */
final class Addresses {
    private static final int NETWORK_GROUPS = 4;

    private Addresses() {}

    static String bucket(String address) {
        return "address:" + (address.indexOf(':') < 0 ? address : network(address));
    }

    /** The first four groups, as far as they are written; {@code ::} ends them. */
    private static String network(String address) {
        if (address.startsWith("::")) {
            return address;
        }
        String[] groups = address.split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < Math.min(NETWORK_GROUPS, groups.length) && !groups[i].isEmpty(); i++) {
            network.append(groups[i]).append(':');
        }
        return network.append(':').toString();
    }
}
