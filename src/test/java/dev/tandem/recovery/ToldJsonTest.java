package dev.tandem.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies that what a socket was told is read as it was written, and is short. */
class ToldJsonTest {

    @Test
    void isReadAsItWasWritten() {
        Told told = new Told(
                new LogPlace("b", 9),
                List.of(
                        LogPlace.NONE,
                        new LogPlace("a", 70),
                        new LogPlace("a", 72),
                        LogPlace.NONE,
                        new LogPlace("b", 1),
                        new LogPlace("b", 2)),
                true);

        ObjectNode json = written(told);

        assertThat(ToldJson.read(json)).isEqualTo(told);
        assertThat(json.path("trail").asText()).isEqualTo("-,a:70,72,-,b:1,2");
    }

    @Test
    void nothingIsReadAsNothing() {
        Told told = new Told(new LogPlace("b", 0), List.of(), false);

        assertThat(ToldJson.read(written(told))).isEqualTo(told);
    }

    private static ObjectNode written(Told told) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ToldJson.write(told, json);
        return json;
    }
}
