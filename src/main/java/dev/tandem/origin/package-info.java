/**
 * Which pages may use this server: one list for the HTTP API and both sockets. Start at {@link dev.tandem.origin.Origins}. This
 * package knows requests, and nothing of who sends them.
 */
package dev.tandem.origin;
