/**
 * Proof of who is calling: a session in Redis behind a signed cookie, in the form that express-session and connect-redis use.
 *
 * <p>Start at {@link dev.tandem.session.Sessions}; {@link dev.tandem.session.SessionCookie} signs and verifies. This package knows
 * no room.
 */
package dev.tandem.session;
