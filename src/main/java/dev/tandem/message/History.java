package dev.tandem.message;

import java.util.List;

/** A part of a room's history: messages as JSON, ascending, and where the room stood when they were read. */
public record History(List<String> items, long seq, String epoch) {}
