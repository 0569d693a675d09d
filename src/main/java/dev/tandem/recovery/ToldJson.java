package dev.tandem.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.Told;
import java.util.ArrayList;
import java.util.List;

/**
 * What a socket was told, in the form in which Redis keeps it. The trail is one text, {@code epoch:1,2,-,5}: an epoch is named where it
 * changes, and a dash stands for what is not in the log.
 */
final class ToldJson {
    private static final String UNLOGGED = "-";

    private ToldJson() {}

    static void write(Told told, ObjectNode json) {
        json.put("reached", told.reached().text()).put("cut", told.cut()).put("trail", text(told.trail()));
    }

    /** Reads what {@link #write} wrote. */
    static Told read(JsonNode json) {
        LogPlace reached = LogPlace.of(json.path("reached").asText()).orElse(LogPlace.NONE);
        return new Told(
                reached, places(json.path("trail").asText()), json.path("cut").asBoolean());
    }

    private static String text(List<LogPlace> trail) {
        StringBuilder text = new StringBuilder();
        String epoch = "";
        for (LogPlace place : trail) {
            text.append(text.length() == 0 ? "" : ",");
            if (place.equals(LogPlace.NONE)) {
                text.append(UNLOGGED);
            } else if (place.epoch().equals(epoch)) {
                text.append(place.number());
            } else {
                text.append(place.text());
                epoch = place.epoch();
            }
        }
        return text.toString();
    }

    private static List<LogPlace> places(String text) {
        List<LogPlace> trail = new ArrayList<>();
        String epoch = "";
        for (String step : text.isEmpty() ? new String[0] : text.split(",")) {
            int colon = step.indexOf(':');
            epoch = colon < 0 ? epoch : step.substring(0, colon);
            trail.add(
                    step.equals(UNLOGGED)
                            ? LogPlace.NONE
                            : new LogPlace(epoch, Long.parseLong(step.substring(colon + 1))));
        }
        return trail;
    }
}
