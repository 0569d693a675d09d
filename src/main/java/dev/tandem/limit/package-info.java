/**
 * How often something may be done: token buckets that all nodes share, one for each operation and whoever it is counted for. Start
 * at {@link dev.tandem.limit.RateLimits}. This package knows no operation but by its name.
 */
package dev.tandem.limit;
