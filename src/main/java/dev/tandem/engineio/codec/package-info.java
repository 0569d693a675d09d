/**
 * Engine.IO 4 on the wire: packets, their text form ({@link dev.tandem.engineio.codec.EngineIoCodec}) and the bodies of long-polling
 * ({@link dev.tandem.engineio.codec.Payload}). Pure functions in plain Java; what is wrong is a
 * {@link dev.tandem.engineio.codec.MalformedPacket}, and nothing else.
 */
package dev.tandem.engineio.codec;
