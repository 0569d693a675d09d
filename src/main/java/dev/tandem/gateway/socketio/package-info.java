/** The Socket.IO door: binds events of one namespace to commands. */
package dev.tandem.gateway.socketio;
