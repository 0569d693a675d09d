package dev.tandem.socketio.codec;

import static dev.tandem.socketio.codec.SocketIoParseException.require;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.OptionalLong;

/** Reads a packet's text from left to right; each method takes the part that it is named for. */
final class TextCursor {
    private static final int MOST_DEPTH = 200;
    /** Names of fields come from clients: to intern them would let clients fill a table of the whole process. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    char type() {
        require(!text.isEmpty(), "empty packet");
        return text.charAt(at++);
    }

    int attachments(int most) {
        String digits = digits();
        require(!digits.isEmpty() && at < text.length() && text.charAt(at++) == '-', "no number of attachments");
        long number = number(digits);
        require(number <= most, "too many attachments");
        return (int) number;
    }

    /** {@code /} if there is none; what follows a question mark in it, as old clients send it, is left out. */
    String namespace() {
        if (at >= text.length() || text.charAt(at) != '/') {
            return "/";
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String namespace = text.substring(at, end);
        at = Math.min(end + 1, text.length());
        int question = namespace.indexOf('?');
        return question < 0 ? namespace : namespace.substring(0, question);
    }

    OptionalLong ackId() {
        String digits = digits();
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(digits));
    }

    /** All that is left; missing if that is nothing. */
    JsonNode json() {
        if (at == text.length()) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = MAPPER.readTree(text.substring(at));
            require(!json.isMissingNode(), "the payload is blank");
            return json;
        } catch (JsonProcessingException malformed) {
            throw new SocketIoParseException("the payload is not JSON");
        }
    }

    private String digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return text.substring(start, at);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            throw new SocketIoParseException("a number is too long");
        }
    }
}
