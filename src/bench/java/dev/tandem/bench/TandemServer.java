package dev.tandem.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A node as its users run it: the packaged jar, or the native executable that {@code bench.executable} names. */
final class TandemServer implements Server {
    private static final String JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString();
    private static final String EXECUTABLE = System.getProperty("bench.executable", "");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final RedisServer redis;
    private final boolean ownsRedis;
    private final int port = Ports.free();
    private final Child process;

    TandemServer(String name, Programs programs, Map<String, String> settings) {
        this(name, programs, settings, new RedisServer(programs), true);
    }

    private TandemServer(
            String name, Programs programs, Map<String, String> settings, RedisServer redis, boolean ownsRedis) {
        this.name = name;
        this.redis = redis;
        this.ownsRedis = ownsRedis;
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("TANDEM_SESSION_SECRET", "a-secret-of-the-benchmark");
        environment.put("TANDEM_REDIS_URL", "redis://127.0.0.1:" + redis.port());
        process = Child.start("tandem", Machine.SERVER, environment, command(programs));
        Ports.await(process, this::isReady);
    }

    /** With the same options of memory and collection, as far as an executable has them. */
    private static List<String> command(Programs programs) {
        List<String> options = Stream.of(
                        System.getProperty("bench.jvm", "").strip().split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList();
        List<String> command = new ArrayList<>();
        if (EXECUTABLE.isEmpty()) {
            command.add(programs.java);
            command.addAll(options);
            command.addAll(List.of("-jar", JAR));
        } else {
            command.add(EXECUTABLE);
            options.stream().filter(option -> option.startsWith("-Xm")).forEach(command::add);
        }
        return command;
    }

    /** Another node on the same Redis, on the same core. */
    TandemServer second(Programs programs) {
        return new TandemServer(name, programs, Map.of(), redis, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public OptionalLong redisPid() {
        return OptionalLong.of(redis.pid());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public void createRooms(String set, int rooms) {
        for (int room = 0; room < rooms; room++) {
            int status = exchange(HttpRequest.newBuilder(uri("/api/rooms"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + set + "-" + room + "\"}")))
                    .statusCode();
            if (status != 201) {
                throw new IllegalStateException("A room could not be created: " + status);
            }
        }
    }

    @Override
    public List<String> dialect(String set) {
        String room = "\"room\":\"" + set + "-%ROOM%\"";
        return List.of(
                "--mode",
                "sio",
                "--join",
                "420[\"join\",{" + room + "}]",
                "--joined",
                "430[{\"ok\":true",
                "--msg",
                "42[\"send\",{" + room + ",\"text\":\"%PAYLOAD%\"}]");
    }

    /** What its metrics say of that name, summed over tags that contain {@code tag}. */
    double metric(String metric, String tag) {
        return exchange(HttpRequest.newBuilder(uri("/q/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith(metric) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public void close() {
        process.close();
        if (ownsRedis) {
            redis.close();
        }
    }

    private boolean isReady() {
        try {
            return exchange(HttpRequest.newBuilder(uri("/q/health/ready"))).statusCode() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
