package dev.tandem.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.MessageId;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A message's JSON in the two halves between which the script puts its number:
 * <pre>  {"room":"lobby","seq":  7  ,"id":…,"author":{"id":…,"name":…},"text":…,"data":…,"replyTo":…,"mentions":…,"at":…}</pre>
 */
record MessageBody(String beforeSeq, String afterSeq, String at) {

    static MessageBody of(MessageDraft draft, MessageId id, Instant now, ObjectMapper mapper) {
        String at = now.truncatedTo(ChronoUnit.MILLIS).toString();
        ObjectNode rest = mapper.createObjectNode();
        rest.put("id", id.value());
        rest.putObject("author")
                .put("id", draft.author().id().value())
                .put("name", draft.author().name());
        rest.put("text", draft.text());
        if (draft.data() != null) {
            rest.set("data", draft.data());
        }
        draft.replyTo().ifPresent(seq -> rest.put("replyTo", seq));
        if (!draft.mentions().isEmpty()) {
            ArrayNode mentions = rest.putArray("mentions");
            draft.mentions().forEach(user -> mentions.add(user.value()));
        }
        rest.put("at", at);
        String json = write(rest, mapper);
        return new MessageBody("{\"room\":\"" + draft.room() + "\",\"seq\":", "," + json.substring(1), at);
    }

    String json(long seq) {
        return beforeSeq + seq + afterSeq;
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
