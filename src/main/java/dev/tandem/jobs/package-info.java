/**
 * Work by the clock. What concerns the whole cluster runs once per tick, on whichever node gets the {@link
 * dev.tandem.jobs.JobLease}; what concerns a node runs on every node.
 */
package dev.tandem.jobs;
