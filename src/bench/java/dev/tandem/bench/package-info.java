/**
 * Measures Tandem beside what else there is, on one machine and within bounded time: built and run by the Maven profile {@code bench}
 * alone. Start at {@link dev.tandem.bench.Bench}; a {@link dev.tandem.bench.Scenario} measures {@link dev.tandem.bench.Server}s in
 * turn, with the load generators in {@code src/bench/c}, and fills {@link dev.tandem.bench.Table}s of medians.
 */
package dev.tandem.bench;
