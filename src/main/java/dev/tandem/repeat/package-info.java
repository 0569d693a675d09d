/**
 * Answers that are kept for a while, so that who did not hear one may ask again without anything being done twice. Start at {@link
 * dev.tandem.repeat.Repeats}. This package knows neither what was asked nor by whom, but by their hashes.
 */
package dev.tandem.repeat;
