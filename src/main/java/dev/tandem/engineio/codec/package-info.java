/** Engine.IO 4 packets and their text form; plain Java. */
package dev.tandem.engineio.codec;
