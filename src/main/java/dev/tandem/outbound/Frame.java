package dev.tandem.outbound;

import java.nio.charset.StandardCharsets;

/** One text frame, encoded; shared by all connections that it goes to. */
public record Frame(String text, int bytes) {

    public static Frame of(String text) {
        return new Frame(text, text.getBytes(StandardCharsets.UTF_8).length);
    }
}
