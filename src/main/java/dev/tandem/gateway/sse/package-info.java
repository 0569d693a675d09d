/**
 * The door for those who only read: one room as Server-Sent Events, {@code GET /api/rooms/{room}/stream}, or what
 * becomes of the public rooms, {@code GET /api/lobby/stream}. Start at {@link
 * dev.tandem.gateway.sse.RoomStreams}.
 */
package dev.tandem.gateway.sse;
