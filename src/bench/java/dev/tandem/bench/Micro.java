package dev.tandem.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** JMH's benchmarks of single steps, in the packages of what they measure: time and allocation per operation. */
final class Micro implements Scenario {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public void run(Workshop workshop, Report report) throws RunnerException {
        workshop.closeServers();
        Table table = report.table("Single steps (JMH)", "ns each", "± ns", "bytes allocated each");
        for (RunResult result : results()) {
            String name = result.getParams().getBenchmark().replaceFirst("^dev\\.tandem\\.", "");
            table.add(name, "ns each", result.getPrimaryResult().getScore());
            table.add(name, "± ns", result.getPrimaryResult().getScoreError());
            result.getSecondaryResults().forEach((label, secondary) -> {
                if (label.toLowerCase(Locale.ROOT).endsWith(ALLOCATED)) {
                    table.add(name, "bytes allocated each", secondary.getScore());
                }
            });
        }
    }

    private static Collection<RunResult> results() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("dev\\.tandem\\..*Benchmark\\..*")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .output("target/bench/jmh.txt")
                        .build())
                .run();
    }
}
