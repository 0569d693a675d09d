package dev.tandem.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.ClusterRequest;
import dev.tandem.cluster.codec.ClusterResponse;
import dev.tandem.error.Unattended;
import dev.tandem.socketio.adapter.AckObserver;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LocalNamespace;
import dev.tandem.socketio.adapter.LocalSocket;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out what other servers and emitters ask, for the sockets of this node, and answers. Called on the pair's event loop, in
 * the order in which they ask, so that who is made to join a room gets what is sent there next; only what looks into many sockets,
 * or calls handlers, is done aside.
 */
final class Answers implements Consumer<ClusterRequest> {
    private final ClusterMember self;
    private final LocalNamespace namespace;
    private final LocalAdapter local;
    private final ClusterBus bus;
    private final Aside aside;
    private final boolean toTheAskerAlone;

    Answers(
            ClusterMember self,
            LocalNamespace namespace,
            LocalAdapter local,
            ClusterBus bus,
            Aside aside,
            boolean toTheAskerAlone) {
        this.self = self;
        this.namespace = namespace;
        this.local = local;
        this.bus = bus;
        this.aside = aside;
        this.toTheAskerAlone = toTheAskerAlone;
    }

    @Override
    public void accept(ClusterRequest request) {
        if (request instanceof ClusterRequest.BroadcastWithAck broadcast) {
            broadcast(broadcast);
        } else if (request instanceof ClusterRequest.RemoteJoin join) {
            attend("make sockets join", local.addSockets(Wire.options(join.target()), join.rooms()));
        } else if (request instanceof ClusterRequest.RemoteLeave leave) {
            attend("make sockets leave", local.delSockets(Wire.options(leave.target()), leave.rooms()));
        } else if (request instanceof ClusterRequest.RemoteDisconnect out) {
            attend("disconnect sockets", local.disconnectSockets(Wire.options(out.target()), out.close()));
        } else if (request instanceof ClusterRequest.ServerSideEmit emit) {
            aside.run(() -> namespace.onServerSideEmit(emit.data(), ack(emit)));
        } else {
            acceptQuestion(request);
        }
    }

    private void acceptQuestion(ClusterRequest request) {
        if (request instanceof ClusterRequest.RemoteFetch fetch) {
            aside.run(() -> fetch(fetch));
        } else if (request instanceof ClusterRequest.AllRooms all) {
            aside.run(() -> answer(
                    all,
                    local.rooms().map(found -> new ClusterResponse.AllRooms(all.requestId(), set(found.items())))));
        } else if (request instanceof ClusterRequest.Sockets sockets) {
            aside.run(() -> answer(
                    sockets,
                    local.sockets(sockets.rooms())
                            .map(found -> new ClusterResponse.Sockets(sockets.requestId(), set(found.items())))));
        } else {
            acceptOlder(request);
        }
    }

    /** What older peers ask of one socket is answered by the server that has it. */
    private void acceptOlder(ClusterRequest request) {
        if (request instanceof ClusterRequest.SocketJoin join) {
            one(join, join.requestId(), join.socketId(), itself -> local.addSockets(itself, Set.of(join.room())));
        } else if (request instanceof ClusterRequest.SocketLeave leave) {
            one(leave, leave.requestId(), leave.socketId(), itself -> local.delSockets(itself, Set.of(leave.room())));
        } else if (request instanceof ClusterRequest.SocketDisconnect out) {
            one(out, out.requestId(), out.socketId(), itself -> local.disconnectSockets(itself, out.close()));
        }
    }

    private void one(ClusterRequest request, String id, String socketId, Function<BroadcastOptions, Uni<Void>> action) {
        if (namespace.socket(socketId).map(LocalSocket::id).isPresent()) {
            Uni<Void> done = action.apply(BroadcastOptions.to(socketId));
            answer(request, done.map(ignored -> new ClusterResponse.Done(id)));
        }
    }

    private void fetch(ClusterRequest.RemoteFetch fetch) {
        answer(
                fetch,
                local.fetchSockets(Wire.options(fetch.target()))
                        .map(found -> new ClusterResponse.RemoteSockets(
                                fetch.requestId(),
                                found.items().stream().map(Wire::socket).toList())));
    }

    private void broadcast(ClusterRequest.BroadcastWithAck request) {
        String id = request.requestId();
        AckObserver teller = new AckObserver() {
            @Override
            public void onClients(int count) {
                respond(request, new ClusterResponse.ClientCount(id, count));
            }

            @Override
            public void onAck(JsonNode reply) {
                respond(request, new ClusterResponse.ClientAck(id, reply));
            }
        };
        BroadcastOptions options = Wire.options(request.target(), request.flags());
        attend("broadcast for others", local.broadcastWithAck(Wire.event(request.packet()), options, teller));
    }

    /** Servers listen for these answers on the common channel, wherever they listen for others. */
    private Consumer<JsonNode> ack(ClusterRequest.ServerSideEmit emit) {
        Optional<String> id = emit.requestId();
        return id.isEmpty()
                ? null
                : data -> publish(
                        self.channels().responses(),
                        new ClusterResponse.ServerSideAck(id.get(), data == null ? NullNode.getInstance() : data));
    }

    private void answer(ClusterRequest request, Uni<? extends ClusterResponse> answer) {
        attend("carry out a request", answer.invoke(response -> respond(request, response)));
    }

    private void respond(ClusterRequest request, ClusterResponse response) {
        boolean common = !toTheAskerAlone || request.uid().isEmpty();
        publish(
                common
                        ? self.channels().responses()
                        : self.channels().responses(request.uid().get()),
                response);
    }

    private void publish(String channel, ClusterResponse response) {
        attend("answer another server", bus.publish(channel, () -> ClusterCodec.encode(response)));
    }

    private static void attend(String what, Uni<?> work) {
        Unattended.run(what, work);
    }

    private static Set<String> set(List<String> items) {
        return new HashSet<>(items);
    }
}
