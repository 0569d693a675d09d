/**
 * The one vocabulary of failure: {@link dev.tandem.error.ErrorCode} lists every code that a client can be told, and {@link
 * dev.tandem.error.TandemException} carries one to the door, which turns it into a status, an answer or a close code in a
 * table of its own. This package knows nothing of the rest.
 */
package dev.tandem.error;
