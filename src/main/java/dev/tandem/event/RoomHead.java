package dev.tandem.event;

/** Where a room stands: the number of its last message, 0 if there is none, and which past that number belongs to. */
public record RoomHead(String epoch, long seq) {}
