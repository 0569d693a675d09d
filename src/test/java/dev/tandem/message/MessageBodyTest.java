package dev.tandem.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the JSON of a message around its number, whatever its text and the name of its author are. */
class MessageBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RoomId ROOM = new RoomId("lobby");
    private static final String AT = "2026-01-02T03:04:05.678Z";

    @Test
    void hasItsFieldsInOrder() {
        MessageDraft draft = new MessageDraft(
                ROOM,
                new UserRef(new UserId("ada"), "Ada"),
                Optional.empty(),
                "hi",
                JsonNodeFactory.instance.objectNode().put("a", 1),
                Optional.of(3L),
                List.of(new UserId("bob")));

        assertThat(MessageBody.of(draft, new MessageId("m1"), AT, JSON).json(7))
                .isEqualTo("{\"room\":\"lobby\",\"seq\":7,\"id\":\"m1\",\"author\":{\"id\":\"ada\",\"name\":\"Ada\"},"
                        + "\"text\":\"hi\",\"data\":{\"a\":1},\"replyTo\":3,\"mentions\":[\"bob\"],\"at\":\"" + AT
                        + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi",
                "\"",
                "\\",
                "\\\"",
                "say \"hi\"",
                "a\\u0041",
                "\u0000",
                "\u001f",
                "\u007f",
                "\n\r\t\b\f",
                "a\nb",
                "</script>",
                "\u2028\u2029",
                "\u00e9\u0416\u4e2d",
                "\ud83d\ude00",
                "\",\"seq\":1,\"x\":\""
            })
    void keepsEveryText(String text) throws Exception {
        MessageDraft draft = new MessageDraft(ROOM, new UserRef(new UserId("ada"), text), Optional.empty(), text, null);

        JsonNode read = JSON.readTree(
                MessageBody.of(draft, new MessageId("\"\\"), AT, JSON).json(7));

        assertThat(read.path("text").textValue()).isEqualTo(text);
        assertThat(read.path("author").path("name").textValue()).isEqualTo(text);
        assertThat(read.path("id").textValue()).isEqualTo("\"\\");
        assertThat(read.path("seq").longValue()).isEqualTo(7);
    }
}
