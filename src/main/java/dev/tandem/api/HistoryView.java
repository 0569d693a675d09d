package dev.tandem.api;

import java.util.List;

/** The form of a page of history, for the API's description. */
record HistoryView(List<MessageView> items, long seq, String epoch) {}
