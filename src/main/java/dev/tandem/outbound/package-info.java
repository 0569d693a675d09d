/**
 * What goes out to one connection: {@link dev.tandem.outbound.Frame frames}, encoded once and shared by every receiver, through
 * an {@link dev.tandem.outbound.Outbound} with a bound. This package knows no protocol.
 */
package dev.tandem.outbound;
