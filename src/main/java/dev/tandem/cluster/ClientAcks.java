package dev.tandem.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.cluster.codec.ClusterResponse;

/** Each server says once how many clients it has told, and passes on what each of them acks with. */
final class ClientAcks extends Gathering<JsonNode> {
    private int servers;
    private long clients;

    @Override
    boolean accept(ClusterResponse response) {
        if (response instanceof ClusterResponse.ClientCount told) {
            servers++;
            clients += told.count();
        } else if (response instanceof ClusterResponse.ClientAck ack) {
            add(ack.data());
        } else {
            return false;
        }
        return true;
    }

    @Override
    int answered() {
        return servers;
    }

    @Override
    int silentClients() {
        return (int) Math.min(Integer.MAX_VALUE / 2, clients - size());
    }
}
