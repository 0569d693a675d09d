package dev.tandem.api;

import java.util.List;

/** The form of a list of changed messages, for the API's description. */
record ChangesView(List<MessageView> items, long changes, boolean complete) {}
