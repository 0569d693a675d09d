package dev.tandem.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.id.MessageId;
import dev.tandem.id.UserId;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message's JSON in the two halves between which the script puts its number, the longer one as it is on the wire, which is all that is
 * kept of it while Redis is asked:
 * <pre>  {"room":"lobby","seq":  7  ,"id":…,"author":{"id":…,"name":…},"text":…,"data":…,"replyTo":…,"mentions":…,"at":…}</pre>
 */
record MessageBody(String beforeSeq, byte[] afterSeq, String at) {

    static MessageBody of(MessageDraft draft, MessageId id, String at, ObjectMapper mapper) {
        StringBuilder rest = new StringBuilder(160 + draft.text().length());
        quote(rest.append(",\"id\":"), id.value());
        quote(rest.append(",\"author\":{\"id\":"), draft.author().id().value());
        quote(rest.append(",\"name\":"), draft.author().name());
        quote(rest.append("},\"text\":"), draft.text());
        if (draft.data() != null) {
            rest.append(",\"data\":").append(write(draft.data(), mapper));
        }
        draft.replyTo().ifPresent(seq -> rest.append(",\"replyTo\":").append(seq));
        if (!draft.mentions().isEmpty()) {
            List<String> users = draft.mentions().stream().map(UserId::value).toList();
            rest.append(",\"mentions\":").append(write(mapper.valueToTree(users), mapper));
        }
        rest.append(",\"at\":\"").append(at).append("\"}");
        byte[] afterSeq = rest.toString().getBytes(StandardCharsets.UTF_8);
        return new MessageBody("{\"room\":\"" + draft.room() + "\",\"seq\":", afterSeq, at);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        if (isPlain(text)) {
            json.append(text);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
        json.append('"');
    }

    /** Whether it stands in JSON as it is, as most do (RFC 8259, section 7). */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < ' ' || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The whole message, made anew each time. */
    String json(long seq) {
        return beforeSeq + seq + new String(afterSeq, StandardCharsets.UTF_8);
    }

    static JsonNode read(String json, ObjectMapper mapper) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException written) {
            throw new UncheckedIOException(written);
        }
    }

    static String write(JsonNode node, ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
