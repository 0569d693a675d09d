package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;

/**
 * Stands before a namespace. The client comes in when the result completes; it is refused if that fails: with {@link
 * ConnectRefused} in the words given there, with anything else without saying why. The socket can join rooms and take handlers
 * already, but nothing is sent to it yet.
 */
@FunctionalInterface
public interface Middleware {

    Uni<Void> apply(Socket socket);
}
