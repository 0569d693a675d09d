package dev.tandem.bench;

/** One question that the benchmark answers. */
interface Scenario {
    /** Measures, and adds its tables to the report; ends within bounded time. */
    void run(Workshop workshop, Report report) throws Exception;
}
