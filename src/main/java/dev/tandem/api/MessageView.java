package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.UserRef;
import java.time.Instant;

/** The form of a message, for the API's description; the messages themselves go out unread. */
record MessageView(String room, long seq, String id, UserRef author, String text, JsonNode data, Instant at) {}
