package dev.tandem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.mutiny.groups.UniAwait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency rules of the packages; a change of the architecture is a change of this table. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tandem");

    /** What each package may use. What is not named here, it may not use. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("error", List.of()),
            Map.entry("id", List.of("error")),
            Map.entry("redis", List.of("id", "error")),
            Map.entry("internode", List.of("id", "error", "redis")),
            Map.entry("outbound", List.of()),
            Map.entry("heartbeat", List.of()),
            Map.entry("origin", List.of()),
            Map.entry("limit", List.of("id", "error", "redis")),
            Map.entry("repeat", List.of("id", "error", "redis")),
            Map.entry("engineio", List.of("outbound", "heartbeat", "origin", "id", "error")),
            Map.entry("relay", List.of("engineio", "outbound", "internode", "redis", "id", "error")),
            Map.entry("event", List.of("id", "error", "redis")),
            Map.entry("socketio", List.of("engineio", "outbound", "id", "error")),
            Map.entry("cluster", List.of("id", "error", "redis", "event", "socketio")),
            Map.entry("recovery", List.of("id", "error", "redis", "internode", "engineio", "socketio")),
            Map.entry("user", List.of("id", "error", "redis")),
            Map.entry("session", List.of("id", "error", "redis", "limit", "user")),
            Map.entry("room", List.of("id", "error", "event", "limit", "redis", "user")),
            Map.entry("message", List.of("id", "error", "event", "redis", "user", "room")),
            Map.entry("presence", List.of("id", "error", "event", "redis", "user", "room")),
            Map.entry(
                    "gateway",
                    List.of(
                            "id",
                            "error",
                            "redis",
                            "outbound",
                            "heartbeat",
                            "engineio",
                            "internode",
                            "event",
                            "socketio",
                            "origin",
                            "limit",
                            "recovery",
                            "user",
                            "session",
                            "room",
                            "message",
                            "presence")),
            Map.entry(
                    "api",
                    List.of(
                            "id",
                            "error",
                            "origin",
                            "limit",
                            "repeat",
                            "session",
                            "user",
                            "room",
                            "message",
                            "presence")),
            Map.entry("jobs", List.of("id", "error", "session", "user", "room", "message", "presence", "redis")),
            Map.entry("ops", List.of("redis", "engineio", "relay", "socketio", "gateway", "jobs", "presence"))));

    static List<String> packages() {
        return List.copyOf(MAY_USE.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatItMay(String name) {
        List<String> forbidden = new ArrayList<>(MAY_USE.keySet());
        forbidden.remove(name);
        forbidden.removeAll(MAY_USE.get(name));
        String[] packages =
                forbidden.stream().map(other -> "dev.tandem." + other + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.tandem." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyPackageIsInTheTable() {
        String[] known = MAY_USE.keySet().stream()
                .map(name -> "dev.tandem." + name + "..")
                .toArray(String[]::new);
        noClasses().should().resideOutsideOfPackages(known).check(MAIN);
    }

    @Test
    void noPackageIsInACycle() {
        slices().matching("dev.tandem.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void codecsDependOnPlainJavaAndJacksonAlone() {
        noClasses()
                .that()
                .resideInAPackage("..codec..")
                .and()
                .resideOutsideOfPackage("dev.tandem.cluster.codec..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "com.fasterxml.jackson..", "..codec..")
                .check(MAIN);
    }

    @Test
    void theClustersCodecDependsOnMessagePackToo() {
        noClasses()
                .that()
                .resideInAPackage("dev.tandem.cluster.codec..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "com.fasterxml.jackson..", "org.msgpack..", "..codec..")
                .check(MAIN);
    }

    /** It has to choose the library's buffers before anything else can. */
    @Test
    void onlyOneClassOpensTheMessagePackLibrary() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.tandem.cluster.codec.MessagePackFactory")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.msgpack.core.MessagePack")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.msgpack.core.buffer..")
                .check(MAIN);
    }

    @Test
    void onlyTheRedisPackageSeesTheClientsConnections() {
        List<String> connectionTypes = Arrays.asList(
                "io.vertx.redis.client.Redis",
                "io.vertx.redis.client.RedisAPI",
                "io.vertx.redis.client.RedisConnection",
                "io.vertx.redis.client.RedisOptions",
                "io.vertx.mutiny.redis.client.Redis",
                "io.vertx.mutiny.redis.client.RedisAPI",
                "io.vertx.mutiny.redis.client.RedisConnection");
        for (String type : connectionTypes) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tandem.redis..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(type)
                    .check(MAIN);
        }
    }

    @Test
    void nothingAwaits() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(UniAwait.class)
                .check(MAIN);
    }

    @Test
    void featuresKnowNothingOfWebSocketsOrHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.tandem.event..", "dev.tandem.room..", "dev.tandem.message..", "dev.tandem.presence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.quarkus.websockets..", "jakarta.ws.rs..")
                .check(MAIN);
    }
}
