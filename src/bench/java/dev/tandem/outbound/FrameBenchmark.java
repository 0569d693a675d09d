package dev.tandem.outbound;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done once for a frame, however many get it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {
    private String ascii = "x".repeat(256);
    private String mixed = "Grüße, ".repeat(36);

    @Benchmark
    public Frame frameOfAscii() {
        return Frame.of(ascii);
    }

    @Benchmark
    public Frame frameOfOtherText() {
        return Frame.of(mixed);
    }
}
