package dev.tandem.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.EventName;
import dev.tandem.id.UserRef;
import java.nio.charset.StandardCharsets;

/** The JSON of an event that nobody keeps: {@code {...,"name":…,"data":…,"from":{"id":…,"name":…},"at":…}}. */
record EventBody(String json, String at) {

    /** {@code fields} come first; {@code data} is null if there is none. Fails with {@code payload_too_large}. */
    static EventBody of(
            ObjectNode fields, EventName name, JsonNode data, UserRef from, long maxData, ObjectMapper mapper) {
        if (data != null && MessageBody.write(data, mapper).getBytes(StandardCharsets.UTF_8).length > maxData) {
            throw new TandemException(
                    ErrorCode.PAYLOAD_TOO_LARGE, "'data' must have at most " + maxData + " bytes of JSON.", "data");
        }
        String at = Timestamp.now();
        fields.put("name", name.value());
        if (data != null) {
            fields.set("data", data);
        }
        fields.putObject("from").put("id", from.id().value()).put("name", from.name());
        fields.put("at", at);
        return new EventBody(MessageBody.write(fields, mapper), at);
    }
}
