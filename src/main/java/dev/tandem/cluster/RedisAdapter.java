package dev.tandem.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterChannels;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.ClusterRequest;
import dev.tandem.socketio.adapter.AckObserver;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.Gathered;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.SocketDetails;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One namespace of this node in the cluster: what it does, it does to its own sockets at once, through the local adapter, and says
 * to the others over Redis, once. What concerns only sockets of this node is not said to anybody.
 *
 * <p>While Redis is away, this node's own sockets get everything all the same, and the results fail, as {@link
 * dev.tandem.redis.Commands} says, so that it is known that others got nothing. Broadcasts are not repeated. In a namespace with a
 * {@link RedisLog}, they take their way through it, to this node's own sockets too: there, nobody gets what Redis does not have.
 */
final class RedisAdapter implements Adapter {
    private final ClusterMember self;
    private final LocalAdapter local;
    private final Ears ears;
    private final ClusterParts parts;
    private final Questions questions;
    private final Answers answers;
    private final Optional<RedisLog> log;

    RedisAdapter(
            ClusterMember self,
            LocalAdapter local,
            ClusterParts parts,
            Ears ears,
            Questions questions,
            Answers answers,
            Optional<RedisLog> log) {
        this.self = self;
        this.local = local;
        this.parts = parts;
        this.ears = ears;
        this.questions = questions;
        this.answers = answers;
        this.log = log;
    }

    @Override
    public Uni<Void> init() {
        ClusterChannels channels = self.channels();
        BroadcastReceiver broadcasts = new BroadcastReceiver(self, local, parts.meters(), log);
        RequestReceiver requests = new RequestReceiver(self, answers, parts.meters());
        return ears.open(
                List.of(
                        () -> parts.bus()
                                .psubscribe(channels.broadcastPattern(), broadcasts)
                                .call(this::openLog),
                        () -> parts.bus().subscribe(channels.responses(), questions),
                        () -> parts.bus().subscribe(channels.responses(self.uid()), questions),
                        () -> parts.bus().subscribe(channels.requests(), requests)),
                parts.config().requestTimeout());
    }

    @Override
    public Uni<Void> close() {
        ears.close();
        log.map(RedisLog::feed).ifPresent(LogFeed::close);
        questions.close();
        return local.close();
    }

    @Override
    public Optional<BroadcastLog> log() {
        return log.map(each -> each);
    }

    @Override
    public Uni<Void> addAll(String sid, Set<String> rooms) {
        return local.addAll(sid, rooms);
    }

    @Override
    public Uni<Void> del(String sid, String room) {
        return local.del(sid, room);
    }

    @Override
    public Uni<Void> delAll(String sid) {
        return local.delAll(sid);
    }

    @Override
    public Set<String> socketRooms(String sid) {
        return local.socketRooms(sid);
    }

    @Override
    public Uni<Void> broadcast(SocketIoPacket.Event packet, BroadcastOptions options) {
        String channel = self.channels().broadcast(options.rooms());
        if (log.isPresent() && !options.flags().local() && !options.flags().isVolatile()) {
            return log.get().append(channel, message(ClusterMember.LOG, packet, options));
        }
        Uni<Void> mine = local.broadcast(packet, options);
        if (options.flags().local()) {
            return mine;
        }
        Uni<Void> theirs =
                parts.bus().publish(channel, () -> ClusterCodec.encode(message(self.uid(), packet, options)));
        return mine.chain(() -> theirs);
    }

    @Override
    public Uni<Gathered<JsonNode>> broadcastWithAck(
            SocketIoPacket.Event packet, BroadcastOptions options, AckObserver observer) {
        Duration limit = options.flags().timeout().orElse(parts.adapterConfig().ackTimeout());
        Uni<Gathered<JsonNode>> mine = local.broadcastWithAck(packet, options, observer);
        if (options.flags().local()) {
            return mine;
        }
        BroadcastFlags flags = options.flags().withTimeout(limit);
        Uni<Gathered<JsonNode>> theirs = questions.ask(
                id -> new ClusterRequest.BroadcastWithAck(
                        me(), id, Wire.packet(packet), Wire.target(options), Wire.flags(flags)),
                new ClientAcks(),
                limit);
        return Uni.combine().all().unis(mine, theirs).with(Gathered::plus);
    }

    @Override
    public Uni<Gathered<String>> sockets(Set<String> rooms) {
        Uni<Gathered<String>> theirs = ask(id -> new ClusterRequest.Sockets(me(), id, rooms), ServerAnswers.ids());
        return local.sockets(rooms).chain(mine -> theirs.map(mine::plus)).map(RedisAdapter::distinct);
    }

    @Override
    public Uni<Gathered<String>> rooms() {
        Uni<Gathered<String>> theirs = ask(id -> new ClusterRequest.AllRooms(me(), id), ServerAnswers.rooms());
        return local.rooms().chain(mine -> theirs.map(mine::plus)).map(RedisAdapter::distinct);
    }

    @Override
    public Uni<Gathered<SocketDetails>> fetchSockets(BroadcastOptions options) {
        Uni<Gathered<SocketDetails>> mine = local.fetchSockets(options);
        if (options.flags().local()) {
            return mine;
        }
        Uni<Gathered<SocketDetails>> theirs =
                ask(id -> new ClusterRequest.RemoteFetch(me(), id, Wire.target(options)), ServerAnswers.sockets());
        return Uni.combine().all().unis(mine, theirs).with(Gathered::plus);
    }

    @Override
    public Uni<Void> addSockets(BroadcastOptions options, Set<String> rooms) {
        return both(
                options,
                local.addSockets(options, rooms),
                new ClusterRequest.RemoteJoin(me(), Wire.target(options), rooms));
    }

    @Override
    public Uni<Void> delSockets(BroadcastOptions options, Set<String> rooms) {
        return both(
                options,
                local.delSockets(options, rooms),
                new ClusterRequest.RemoteLeave(me(), Wire.target(options), rooms));
    }

    @Override
    public Uni<Void> disconnectSockets(BroadcastOptions options, boolean close) {
        return both(
                options,
                local.disconnectSockets(options, close),
                new ClusterRequest.RemoteDisconnect(me(), Wire.target(options), close));
    }

    @Override
    public Uni<Void> serverSideEmit(ArrayNode event) {
        return say(new ClusterRequest.ServerSideEmit(me(), Optional.empty(), event));
    }

    @Override
    public Uni<Gathered<JsonNode>> serverSideEmitWithAck(ArrayNode event, Duration timeout) {
        return questions.ask(
                id -> new ClusterRequest.ServerSideEmit(me(), Optional.of(id), event), ServerAnswers.acks(), timeout);
    }

    @Override
    public Uni<Integer> serverCount() {
        return questions.servers();
    }

    private <T> Uni<Gathered<T>> ask(Function<String, ClusterRequest> question, Gathering<T> gathering) {
        return questions.ask(question, gathering, parts.config().requestTimeout());
    }

    /** Ends when it is done here, and the others have been told. */
    private Uni<Void> both(BroadcastOptions options, Uni<Void> mine, ClusterRequest request) {
        if (options.flags().local()) {
            return mine;
        }
        return Uni.combine().all().unis(mine, say(request)).discardItems();
    }

    private Uni<Void> say(ClusterRequest request) {
        return parts.bus().publish(self.channels().requests(), () -> ClusterCodec.encode(request));
    }

    private Uni<Void> openLog() {
        return log.map(each -> each.feed().open())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Broadcast message(String uid, SocketIoPacket.Event packet, BroadcastOptions options) {
        return new Broadcast(uid, Wire.packet(packet), Wire.target(options), Wire.flags(options.flags()));
    }

    private Optional<String> me() {
        return Optional.of(self.uid());
    }

    private static Gathered<String> distinct(Gathered<String> gathered) {
        List<String> once = gathered.items().stream().distinct().toList();
        return new Gathered<>(once, gathered.missing(), gathered.names());
    }
}
