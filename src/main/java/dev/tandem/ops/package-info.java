/** For those who run a node: on what it runs, readiness, and the order in which it stops. */
package dev.tandem.ops;
