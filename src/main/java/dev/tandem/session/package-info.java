/**
 * Proof of who is calling. {@link dev.tandem.session.Callers} turns what a caller shows into a {@link dev.tandem.session.Caller}, for
 * all doors in the same way: a session in Redis behind a signed cookie, in the form that express-session and connect-redis use
 * ({@link dev.tandem.session.Sessions}); a token of another authority ({@link dev.tandem.session.Tokens}); an API key ({@link
 * dev.tandem.session.ApiKeys}); or nothing, which makes a guest.
 *
 * <p>A proof that ends is told to all nodes ({@link dev.tandem.session.Ended}), where it ends the connections that came by it ({@link
 * dev.tandem.session.LiveCallers}). This package knows no room.
 */
package dev.tandem.session;
