/**
 * The ways in which packets reach a client: {@link dev.tandem.engineio.transport.Transport}, over one WebSocket or by long-polling.
 *
 * <p>A request that is to become a WebSocket is judged and answered by {@link dev.tandem.engineio.transport.OpeningHandshake}; from then on a
 * {@link dev.tandem.engineio.transport.WebSocketConnection} reads what comes in, and writes to its {@link
 * dev.tandem.outbound.WebSocketChannel}.
 *
 * <p>Long-polling knows no HTTP server: a request is a {@link dev.tandem.engineio.transport.PollingExchange}, so that one which came
 * in somewhere else can be answered the same way. This package knows packets and frames, but neither sessions nor heartbeats.
 */
package dev.tandem.engineio.transport;
