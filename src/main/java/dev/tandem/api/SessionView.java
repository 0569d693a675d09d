package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.UserRef;
import dev.tandem.session.Caller;
import dev.tandem.session.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who is calling, and how that is known. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionView(
        UserRef user,

        @Schema(description = "session, token or key") String kind,

        @Schema(description = "Of a key") List<Scope> scopes,

        @Schema(description = "Of a token") String expires) {

    static SessionView of(Caller caller) {
        if (caller instanceof Caller.OfKey key) {
            return new SessionView(
                    key.user(), "key", key.scopes().stream().sorted().toList(), null);
        } else if (caller instanceof Caller.OfToken token) {
            return new SessionView(token.user(), "token", null, token.expires().toString());
        }
        return new SessionView(caller.user(), "session", null, null);
    }
}
