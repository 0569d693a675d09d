package dev.tandem.socketio.codec;

import dev.tandem.outbound.Frame;
import dev.tandem.socketio.Socket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A command of a client, and the event that it becomes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SocketIoCodecBenchmark {
    private static final String TEXT = "x".repeat(64);

    private String send = "27[\"send\",{\"room\":\"lobby\",\"text\":\"" + TEXT + "\"}]";
    private SocketIoPacket packet = SocketIoCodec.decode(send);
    private String json =
            "{\"room\":\"lobby\",\"seq\":1234,\"id\":\"0123456789abcdef\",\"author\":{\"id\":\"guest\",\"name\":\"Guest\"},"
                    + "\"text\":\"" + TEXT + "\",\"at\":\"2026-01-01T00:00:00.000Z\"}";

    @Benchmark
    public SocketIoPacket decodeSend() {
        return SocketIoCodec.decode(send);
    }

    @Benchmark
    public EncodedPacket encodeEvent() {
        return SocketIoCodec.encode(packet);
    }

    /** As the events of rooms are, whose argument is JSON already. */
    @Benchmark
    public Frame encodeEventOfJson() {
        return Socket.event("/", "message", json);
    }
}
