/** Socket.IO protocol 5 packets and their text form; plain Java and Jackson. */
package dev.tandem.socketio.codec;
