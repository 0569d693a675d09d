package dev.tandem.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.UserRef;

/** Who did something, as events say it: {@code ,"by":{"id":…,"name":…}}, or nothing if that is not known. */
final class By {
    private By() {}

    static String of(Actor actor) {
        return actor.user().map(user -> ",\"by\":" + json(user)).orElse("");
    }

    private static ObjectNode json(UserRef user) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", user.id().value())
                .put("name", user.name());
    }
}
