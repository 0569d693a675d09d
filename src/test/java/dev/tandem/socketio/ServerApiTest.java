package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.engineio.CloseReason;
import dev.tandem.socketio.adapter.TooManyRooms;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.json.JSONException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies what authors can do with namespaces and sockets, by what official clients hear of it. */
@QuarkusTest
@TestProfile(SocketIoProfile.class)
class ServerApiTest {
    private static final AtomicInteger LABS = new AtomicInteger(100);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    SocketIoServer io;

    @Inject
    LabNamespaces lab;

    @Inject
    MeterRegistry registry;

    private final List<OfficialClient> clients = new ArrayList<>();
    private String name;

    @BeforeEach
    void chooseNamespace() {
        name = "/lab-" + LABS.incrementAndGet();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(OfficialClient::close);
    }

    @Test
    void headersOfTheRequestAreThereAndSecretsAreToldToNobody() {
        Map<String, List<String>> headers = Map.of(
                "X-Trace", List.of("one", "two"),
                "Cookie", List.of("other=cookie"),
                "Proxy-Authorization", List.of("Basic secret"));
        clients.add(OfficialClient.in(uri, name, "anna", headers));
        await().until(() -> lab.socket("anna") != null);

        assertThat(lab.socket("anna").handshake().headers())
                .containsEntry("x-trace", "one, two")
                .containsEntry("cookie", "other=cookie")
                .containsEntry("proxy-authorization", "Basic secret")
                .containsKey("host");
        JsonNode told = get(namespace().fetchSockets()).get(0).handshake().path("headers");
        assertThat(told.path("x-trace").asText()).isEqualTo("one, two");
        assertThat(told.has("cookie") || told.has("proxy-authorization")).isFalse();
    }

    @Test
    void clientLearnsWhyItIsRefused() throws JSONException {
        OfficialClient client = OfficialClient.refused(uri, name);
        clients.add(client);

        assertThat(client.refusal().getString("message")).isEqualTo("no name");
        assertThat(client.refusal().getJSONObject("data").getInt("code")).isEqualTo(42);
    }

    @Test
    void namespaceByPatternComesAndGoesWithItsSockets() {
        OfficialClient anna = client("anna");
        Namespace before = lab.socket("anna").namespace();
        anna.close();
        await().until(() -> !lab.socket("anna").isConnected());

        client("anna");

        assertThat(before.name()).isEqualTo(name);
        await().until(() -> lab.socket("anna").isConnected());
        assertThat(lab.socket("anna").namespace()).isNotSameAs(before);
    }

    @Test
    void namespaceThatNobodyDescribesIsNotThere() {
        assertThatThrownBy(() -> io.of("/nowhere")).isInstanceOf(IllegalArgumentException.class);
        assertThat(io.of("/custom").name()).isEqualTo("/custom");
    }

    @Test
    void socketKnowsItsHandshake() {
        client("anna");
        Socket anna = socket("anna");

        assertThat(anna.handshake().auth().path("name").asText()).isEqualTo("anna");
        assertThat(anna.handshake().address()).isNotEmpty();
        assertThat(anna.handshake().query()).containsEntry("EIO", "4");
        assertThat(anna.handshake().identity()).isNotNull();
        assertThat(anna.recovered()).isFalse();
        assertThat(anna.id()).isEqualTo(clients.get(0).id());
        assertThat(anna.rooms()).containsExactly(anna.id());
    }

    @Test
    void emitsToOneClient() {
        OfficialClient anna = client("anna");
        OfficialClient ben = client("ben");

        socket("anna").emit("hello", 1);

        assertThat(anna.heard()).isEqualTo(1);
        namespace().emit("hello", 2);
        assertThat(ben.heard()).isEqualTo(2);
    }

    @Test
    void emitsPlainValues() {
        OfficialClient anna = client("anna");

        socket("anna").emit("hello", Map.of("list", List.of(1, 2.5, true, "x", new byte[] {1, 2})));

        assertThat(anna.heard().toString()).startsWith("{\"list\":[1,2.5,true,\"x\",");
        assertThatThrownBy(() -> socket("anna").emit("hello", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket("anna").emit("disconnect")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void binaryGoesBothWays() {
        OfficialClient anna = client("anna");
        BlockingQueue<JsonNode> got = new LinkedBlockingQueue<>();
        socket("anna").on("file", event -> {
            got.add(event.argument(0));
            event.ack(event.argument(0));
            return null;
        });

        Object[] ack = anna.ask("file", new byte[] {1, 2, 3});
        socket("anna").emit("hello", new byte[] {4, 5});

        assertThat((byte[]) ack[0]).containsExactly(1, 2, 3);
        assertThat(got.poll().isBinary()).isTrue();
        assertThat((byte[]) anna.heard()).containsExactly(4, 5);
    }

    @Test
    void clientAcks() {
        OfficialClient anna = client("anna");
        anna.answerWith("yes", 7);

        List<JsonNode> ack = get(socket("anna").emitWithAck("ask", "really?"));

        assertThat(ack).extracting(JsonNode::asText).containsExactly("yes", "7");
    }

    @Test
    void clientAcksBinary() {
        client("anna").answerWith(new byte[] {9});

        List<JsonNode> ack = get(socket("anna").emitWithAck("ask"));

        assertThat(ack.get(0).isBinary()).isTrue();
    }

    @Test
    void ackThatDoesNotComeInTimeFails() {
        client("anna");

        assertThat(noAck(socket("anna").timeout(SHORT).emitWithAck("ask"))).isEqualTo(NoAck.Cause.TIMEOUT);
    }

    @Test
    void ackOfAClientThatGoesFails() {
        OfficialClient anna = client("anna");
        Uni<List<JsonNode>> ack = socket("anna").emitWithAck("ask");

        anna.close();

        assertThat(noAck(ack)).isEqualTo(NoAck.Cause.DISCONNECTED);
        assertThat(noAck(socket("anna").emitWithAck("ask"))).isEqualTo(NoAck.Cause.DISCONNECTED);
    }

    @Test
    void oneAckTooManyFailsAndTheEventIsNotSent() {
        client("anna");
        Socket anna = socket("anna");
        IntStream.range(0, 3).forEach(i -> anna.emitWithAck("ask"));

        assertThat(noAck(anna.emitWithAck("ask"))).isEqualTo(NoAck.Cause.TOO_MANY);
    }

    @Test
    void roomsReachWhoIsInThem() {
        OfficialClient anna = client("anna", "red");
        OfficialClient ben = client("ben", "red", "blue");
        OfficialClient carl = client("carl");

        namespace().to("red").except("blue").emit("hello", 1);
        namespace().in("red", "blue").emit("hello", 2);
        namespace().except("red").emit("hello", 3);
        namespace().local().emit("hello", 4);
        namespace().asVolatile().emit("hello", 5);

        assertThat(take(anna, 4)).containsExactly(1, 2, 4, 5);
        assertThat(take(ben, 3)).containsExactly(2, 4, 5);
        assertThat(take(carl, 3)).containsExactly(3, 4, 5);
    }

    @Test
    void socketSendsToOthers() {
        OfficialClient anna = client("anna", "red");
        OfficialClient ben = client("ben", "red");
        OfficialClient carl = client("carl");

        socket("anna").broadcast().emit("hello", 1);
        socket("anna").to("red").emit("hello", 2);
        socket("anna").except("red").emit("hello", 3);
        socket("anna").asVolatile().to("red").emit("hello", 4);
        socket("anna").asVolatile().emit("hello", 5);

        assertThat(take(anna, 1)).containsExactly(5);
        assertThat(take(ben, 3)).containsExactly(1, 2, 4);
        assertThat(take(carl, 2)).containsExactly(1, 3);
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void whoLeftARoomIsNotReachedThere() {
        OfficialClient anna = client("anna", "red");
        get(socket("anna").leave("red"));

        namespace().to("red").emit("hello", 1);
        namespace().emit("hello", 2);

        assertThat(anna.heard()).isEqualTo(2);
    }

    @Test
    void oneRoomTooManyIsNotJoined() {
        client("anna");
        String[] rooms = IntStream.range(0, 1000).mapToObj(i -> "r" + i).toArray(String[]::new);

        assertThatThrownBy(() -> get(socket("anna").join(rooms))).isInstanceOf(TooManyRooms.class);
        assertThat(socket("anna").rooms()).hasSize(1);
    }

    @Test
    void everybodyAcks() {
        client("anna", "red").answerWith("a");
        client("ben", "red").answerWith("b");
        client("carl").answerWith("c");

        List<JsonNode> acks = get(namespace().to("red").emitWithAck("ask"));

        assertThat(acks).extracting(JsonNode::asText).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whoDidNotAckInTimeIsNamed() {
        client("anna").answerWith("a");
        OfficialClient ben = client("ben");

        Incomplete incomplete = catchThrowableOfType(
                Incomplete.class,
                () -> get(namespace().timeout(Duration.ofSeconds(2)).emitWithAck("ask")));

        assertThat(incomplete.received()).extracting(Object::toString).containsExactly("\"a\"");
        assertThat(incomplete.missing()).isEqualTo(1);
        assertThat(incomplete.names()).containsExactly(ben.id());
    }

    @Test
    void fetchesSockets() {
        OfficialClient anna = client("anna", "red");
        client("ben");
        socket("anna").data(Map.of("age", 7));

        List<RemoteSocket> found = get(namespace().in("red").fetchSockets());
        get(found.get(0).emit("hello", 1));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).id()).isEqualTo(anna.id());
        assertThat(found.get(0).rooms()).containsExactlyInAnyOrder(anna.id(), "red");
        assertThat(found.get(0).data().path("age").asInt()).isEqualTo(7);
        assertThat(found.get(0).handshake().path("auth").path("name").asText()).isEqualTo("anna");
        assertThat(anna.heard()).isEqualTo(1);
        assertThat(get(namespace().fetchSockets())).hasSize(2);
    }

    @Test
    void makesSocketsJoinAndLeave() {
        client("anna", "red");
        client("ben");

        get(namespace().socketsJoin("green"));
        get(namespace().in("red").socketsLeave("green", "red"));

        assertThat(socket("anna").rooms()).containsExactly(socket("anna").id());
        assertThat(socket("ben").rooms())
                .containsExactlyInAnyOrder(socket("ben").id(), "green");
    }

    @Test
    void serverOnItsOwnTellsNobody() {
        client("anna");

        assertThat(get(namespace().serverSideEmitWithAck("ping", 1))).isEmpty();
    }

    @Test
    void otherServersAreHeard() {
        client("anna");
        List<String> heard = new CopyOnWriteArrayList<>();
        BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
        namespace().onAny(event -> heard.add("any " + event.name()) ? null : null);
        namespace().on("ping", event -> {
            heard.add("ping " + event.argument(0));
            event.ack("pong");
            return null;
        });

        namespace().sockets().onServerSideEmit(Values.event("ping", 1), answers::add);

        assertThat(heard).containsExactly("any ping", "ping 1");
        assertThat(answers.poll().asText()).isEqualTo("pong");
    }

    @Test
    void putsSocketsOut() {
        OfficialClient anna = client("anna", "red");
        OfficialClient ben = client("ben");

        namespace().in("red").disconnectSockets(false);

        assertThat(anna.disconnected()).isEqualTo("io server disconnect");
        await().until(() -> lab.log().stream().anyMatch(line -> line.startsWith("anna disconnect: server namespace")));
        namespace().emit("hello", 1);
        assertThat(ben.heard()).isEqualTo(1);
    }

    @Test
    void reasonsOfTheEndAreTold() {
        client("a", "red").socket().disconnect();
        client("b");
        socket("b").disconnect(false);
        client("c");
        socket("c").disconnect(true);
        try (RawClient raw = new RawClient(uri)) {
            raw.text("40" + name + ",{\"name\":\"d\"}").next();
            raw.sayGoodbye();
            await().until(() -> lab.log().stream().anyMatch(line -> line.startsWith("d disconnect:")));
        }
        client("e");
        socket("e").close(CloseReason.FORCED_CLOSE);
        client("f");
        socket("f").close(CloseReason.PARSE_ERROR);

        String none = " rooms=[]";
        await().untilAsserted(() -> assertThat(lab.log())
                .contains(
                        "a disconnecting rooms=true",
                        "a disconnect: client namespace disconnect" + none,
                        "b disconnect: server namespace disconnect" + none,
                        "c disconnect: server namespace disconnect" + none,
                        "d disconnect: transport close" + none,
                        "e disconnect: forced close" + none,
                        "f disconnect: parse error" + none));
    }

    @Test
    void whatIsSentAfterTheEndIsDropped() {
        OfficialClient anna = client("anna");
        Socket gone = socket("anna");
        gone.disconnect(false);
        anna.disconnected();

        gone.emit("hello", 1);
        get(gone.join("red"));

        assertThat(gone.rooms()).isEmpty();
        assertThat(anna.unheard()).isEmpty();
    }

    @Test
    void handlerThatFailsEndsNothingAndIsCounted() {
        OfficialClient anna = client("anna");
        double before = failures();
        socket("anna").on("throw", event -> {
            event.ack("handled");
            return null;
        });

        anna.socket().emit("fail");
        Object[] ack = anna.ask("throw");

        assertThat(ack).containsExactly("handled");
        await().until(() -> failures() == before + 2);
    }

    @Test
    void catchAllHandlersComeFirst() {
        OfficialClient anna = client("anna");
        List<String> calls = new CopyOnWriteArrayList<>();
        Socket socket = socket("anna");
        socket.on("say", event -> calls.add("handler") ? null : null);
        socket.use(event -> calls.add("middleware") ? null : null);
        socket.onAny(event -> calls.add("any " + event.name()) ? null : null);
        socket.on("say", event -> {
            event.ack();
            return null;
        });

        anna.ask("say", 1);

        assertThat(calls).containsExactly("any say", "middleware", "handler");
    }

    @Test
    void handlerThatWasTakenAwayIsNotCalled() {
        OfficialClient anna = client("anna");
        List<String> calls = new CopyOnWriteArrayList<>();
        socket("anna").on("say", event -> calls.add("first") ? null : null);
        socket("anna").off("say");
        socket("anna").on("say", event -> {
            event.ack();
            return null;
        });

        anna.ask("say");

        assertThat(calls).isEmpty();
    }

    @Test
    void middlewareRefusesEvents() {
        OfficialClient anna = client("anna");
        socket("anna")
                .use(event -> event.name().equals("bad")
                        ? Uni.createFrom().failure(new IllegalArgumentException("bad"))
                        : Uni.createFrom().voidItem());
        socket("anna").onAny(event -> null);
        List<String> handled = new CopyOnWriteArrayList<>();
        socket("anna").on("bad", event -> handled.add("bad") ? null : null);
        socket("anna").on("good", event -> {
            event.ack();
            return null;
        });

        anna.socket().emit("bad");
        anna.ask("good");

        assertThat(handled).isEmpty();
    }

    @Test
    void eventsKeepTheirOrderThroughMiddleware() throws InterruptedException {
        OfficialClient anna = client("anna");
        BlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        socket("anna").use(event -> {
            CompletableFuture<Void> passed = new CompletableFuture<>();
            waiting.add(passed);
            return Uni.createFrom().completionStage(passed);
        });
        socket("anna").on("n", event -> handled.add(event.argument(0).asInt()) ? null : null);

        Stream.of(1, 2, 3).forEach(n -> anna.socket().emit("n", n));
        for (int i = 0; i < 3; i++) {
            waiting.poll(20, TimeUnit.SECONDS).complete(null);
        }

        await().until(() -> handled.equals(List.of(1, 2, 3)));
    }

    @Test
    void clientThatSaysMoreThanPassesItsMiddlewareWaitsAndLosesNothing() {
        double before = counted("tandem.socketio.pauses");
        OfficialClient anna = client("anna");
        Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
        List<Integer> heard = new CopyOnWriteArrayList<>();
        List<Integer> handled = new CopyOnWriteArrayList<>();
        socket("anna").onAny(event -> heard.add(event.argument(0).asInt()) ? null : null);
        socket("anna").use(event -> later(waiting));
        socket("anna").on("n", event -> handled.add(event.argument(0).asInt()) ? null : null);
        List<Integer> said = IntStream.range(0, 50).boxed().toList();

        said.forEach(n -> anna.socket().emit("n", n));
        await().until(() -> counted("tandem.socketio.pauses") > before);

        assertThat(heard).containsExactly(0, 1, 2, 3);
        await().until(() -> letPass(waiting) && handled.size() == said.size());
        assertThat(handled).isEqualTo(said);
    }

    @Test
    void whoIsPutOutWhileItsEventsWaitIsHeardInOtherNamespaces() {
        double before = counted("tandem.socketio.pauses");
        try (RawClient client = new RawClient(uri)) {
            client.text("40/custom,").text("40" + name + ",{\"name\":\"anna\"}");
            await().until(() -> lab.log().contains("anna connect"));
            socket("anna").use(event -> Uni.createFrom().nothing());

            IntStream.range(0, 4).forEach(n -> client.text("42" + name + ",[\"n\"]"));
            client.text("42/custom,7[\"message-with-ack\"]");
            await().until(() -> counted("tandem.socketio.pauses") > before);
            socket("anna").disconnect(false);

            assertThat(Stream.generate(client::next).limit(5)).endsWith("41" + name + ",", "43/custom,7[]");
        }
    }

    @Test
    void eventWhoseMiddlewareTakesTooLongIsRefusedAndTheNextHasItsTurn() {
        double before = registry.counter("tandem.socketio.handler.failures", "kind", "middleware")
                .count();
        OfficialClient anna = client("anna");
        List<String> handled = new CopyOnWriteArrayList<>();
        socket("anna")
                .use(event -> event.name().equals("slow") ? Uni.createFrom().nothing() : null);
        socket("anna").on("slow", event -> handled.add("slow") ? null : null);
        socket("anna").on("quick", event -> {
            event.ack();
            return null;
        });

        anna.socket().emit("slow");
        anna.ask("quick");

        assertThat(handled).isEmpty();
        assertThat(registry.counter("tandem.socketio.handler.failures", "kind", "middleware")
                        .count())
                .isEqualTo(before + 1);
    }

    @Test
    void oneHandlerTooManyIsRefused() {
        client("anna");
        Socket anna = socket("anna");
        IntStream.range(0, 1000).forEach(i -> anna.on("e" + i, event -> null));

        assertThatThrownBy(() -> anna.on("more", event -> null)).isInstanceOf(IllegalStateException.class);
    }

    private static Uni<Void> later(Queue<CompletableFuture<Void>> waiting) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        waiting.add(passed);
        return Uni.createFrom().completionStage(passed);
    }

    private static boolean letPass(Queue<CompletableFuture<Void>> waiting) {
        waiting.forEach(passed -> passed.complete(null));
        return true;
    }

    private double counted(String name) {
        return registry.counter(name).count();
    }

    private double failures() {
        return registry.counter("tandem.socketio.handler.failures", "kind", "event")
                .count();
    }

    /** A client in the test's own namespace, whose socket is in these rooms. */
    private OfficialClient client(String who, String... rooms) {
        OfficialClient client = OfficialClient.in(uri, name, who);
        clients.add(client);
        await().until(() -> lab.socket(who) != null && lab.socket(who).id().equals(client.id()));
        get(lab.socket(who).join(rooms));
        return client;
    }

    private Socket socket(String who) {
        return lab.socket(who);
    }

    private Namespace namespace() {
        return io.of(name);
    }

    private static List<Object> take(OfficialClient client, int count) {
        List<Object> taken = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> taken.add(client.heard()));
        return taken;
    }

    private static NoAck.Cause noAck(Uni<?> result) {
        return catchThrowableOfType(NoAck.class, () -> get(result)).why();
    }

    private static <T> T get(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(20));
    }
}
