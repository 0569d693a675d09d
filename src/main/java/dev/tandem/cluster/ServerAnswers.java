package dev.tandem.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.cluster.codec.ClusterResponse;
import dev.tandem.socketio.adapter.SocketDetails;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Each server answers once, with some items. */
final class ServerAnswers<T> extends Gathering<T> {
    /** Empty for what is no such answer. */
    private final Function<ClusterResponse, Optional<List<T>>> reader;

    private int answered;

    private ServerAnswers(Function<ClusterResponse, Optional<List<T>>> reader) {
        this.reader = reader;
    }

    static ServerAnswers<String> rooms() {
        return new ServerAnswers<>(response -> response instanceof ClusterResponse.AllRooms rooms
                ? Optional.of(List.copyOf(rooms.rooms()))
                : Optional.empty());
    }

    /** No ids at all are read as no details. */
    static ServerAnswers<String> ids() {
        return new ServerAnswers<>(response -> {
            if (response instanceof ClusterResponse.Sockets sockets) {
                return Optional.of(List.copyOf(sockets.ids()));
            }
            boolean isEmpty = response instanceof ClusterResponse.RemoteSockets none
                    && none.sockets().isEmpty();
            return isEmpty ? Optional.of(List.of()) : Optional.empty();
        });
    }

    static ServerAnswers<SocketDetails> sockets() {
        return new ServerAnswers<>(response -> response instanceof ClusterResponse.RemoteSockets found
                ? Optional.of(found.sockets().stream().map(Wire::details).toList())
                : Optional.empty());
    }

    static ServerAnswers<JsonNode> acks() {
        return new ServerAnswers<>(response -> response instanceof ClusterResponse.ServerSideAck ack
                ? Optional.of(List.of(ack.data()))
                : Optional.empty());
    }

    @Override
    boolean accept(ClusterResponse response) {
        Optional<List<T>> answer = reader.apply(response);
        if (answer.isEmpty()) {
            return false;
        }
        answered++;
        addAll(answer.get());
        return true;
    }

    @Override
    int answered() {
        return answered;
    }

    @Override
    int silentClients() {
        return 0;
    }
}
