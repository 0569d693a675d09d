package dev.tandem.engineio.codec;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A message's way through Engine.IO's text form. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineIoCodecBenchmark {
    private String text = "42[\"send\",{\"room\":\"lobby\",\"text\":\"" + "x".repeat(64) + "\"}]";
    private EngineIoPacket packet = EngineIoCodec.decode(text);

    @Benchmark
    public EngineIoPacket decodeMessage() {
        return EngineIoCodec.decode(text);
    }

    @Benchmark
    public String encodeMessage() {
        return EngineIoCodec.encode(packet);
    }
}
