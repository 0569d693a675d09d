/** For those who run a node: readiness, and the order in which it stops. */
package dev.tandem.ops;
