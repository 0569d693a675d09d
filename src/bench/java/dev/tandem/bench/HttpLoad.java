package dev.tandem.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;

/**
 * Posts messages over HTTP: a program of its own, {@code HttpLoad PORT ROOM RATE WARMUP SECONDS SERVERPID}, which prints one line of JSON.
 * With rate 0 each connection has its next request on its way when the last is answered; else so many a second are due, evenly, and
 * a latency counts from the moment when the request was due, so that what has to wait for a connection is not hidden.
 */
public final class HttpLoad {
    private static final int CONNECTIONS = 64;
    private static final Buffer BODY = Buffer.buffer("{\"text\":\"" + "x".repeat(64) + "\"}");

    private final HttpClient client;
    private final RequestOptions request;
    private final double rate;
    private final Histogram latencies = new Histogram(60_000_000L, 3);
    private final Queue<Long> due = new ArrayDeque<>();
    private long start;
    private long offered;
    private int free = CONNECTIONS;
    private long measureFrom;
    private long measureTo;
    private long answered;
    private long refused;
    private final ProcessHandle server;
    private Duration serverCpu;
    private Duration ownCpu;

    private HttpLoad(Vertx vertx, int port, String room, String cookie, double rate, ProcessHandle server) {
        this.server = server;
        this.rate = rate;
        client = client(vertx, CONNECTIONS);
        request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/rooms/" + room + "/messages")
                .putHeader("Content-Type", "application/json");
        if (cookie != null) {
            request.putHeader("Cookie", cookie);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        int port = Integer.parseInt(arguments[0]);
        String room = arguments[1];
        String cookie = HttpCalls.session(port, room, BODY.toString());
        ProcessHandle server = ProcessHandle.of(Long.parseLong(arguments[5])).orElseThrow();
        HttpLoad load = new HttpLoad(vertx, port, room, cookie, Double.parseDouble(arguments[2]), server);
        CountDownLatch ended = new CountDownLatch(1);
        vertx.runOnContext(
                ignored -> load.run(vertx, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), ended));
        ended.await();
        System.out.println(load.json());
        System.exit(0);
    }

    private static HttpClient client(Vertx vertx, int connections) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setMaxWaitQueueSize(connections));
    }

    private void run(Vertx vertx, int warmUp, int seconds, CountDownLatch ended) {
        start = System.nanoTime();
        measureFrom = start + warmUp * 1_000_000_000L;
        measureTo = measureFrom + seconds * 1_000_000_000L;
        if (rate == 0) {
            for (int i = 0; i < CONNECTIONS; i++) {
                send(System.nanoTime());
            }
        } else {
            vertx.setPeriodic(1, timer -> offer());
        }
        vertx.setTimer(warmUp * 1000L, timer -> {
            serverCpu = cpu(server);
            ownCpu = cpu(ProcessHandle.current());
        });
        vertx.setTimer((warmUp + seconds) * 1000L, timer -> {
            serverCpu = cpu(server).minus(serverCpu);
            ownCpu = cpu(ProcessHandle.current()).minus(ownCpu);
        });
        vertx.setTimer((warmUp + seconds) * 1000L + 500, timer -> ended.countDown());
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What has become due since the last time. */
    private void offer() {
        long now = System.nanoTime();
        long next;
        while ((next = start + (long) (offered * 1e9 / rate)) <= now && next < measureTo) {
            offered++;
            due.add(next);
        }
        sendDue();
    }

    private void sendDue() {
        while (free > 0 && !due.isEmpty()) {
            send(due.poll());
        }
    }

    private void send(long since) {
        free--;
        client.request(request)
                .compose(open -> open.send(BODY))
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onComplete(answer -> onAnswer(since, answer.succeeded() ? answer.result() : 0));
    }

    private void onAnswer(long since, int status) {
        long now = System.nanoTime();
        free++;
        if (now >= measureFrom && now < measureTo) {
            if (status == 201) {
                answered++;
                latencies.recordValue(Math.min((now - since) / 1000, latencies.getHighestTrackableValue()));
            } else {
                refused++;
            }
        }
        if (rate > 0) {
            sendDue();
        } else if (now < measureTo) {
            send(now);
        }
    }

    private String json() {
        double seconds = (measureTo - measureFrom) / 1e9;
        return String.format(
                Locale.ROOT,
                "{\"requests_per_s\":%.1f,\"refused\":%d,\"waiting\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
                        + "\"server_cpu_us\":%.2f,\"own_cpu_pct\":%.1f}",
                answered / seconds,
                refused,
                due.size(),
                latencies.getValueAtPercentile(50) / 1000.0,
                latencies.getValueAtPercentile(99) / 1000.0,
                serverCpu.toNanos() / 1e3 / answered,
                ownCpu.toNanos() / 1e7 / seconds);
    }
}
