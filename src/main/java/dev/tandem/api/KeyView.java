package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.UserId;
import dev.tandem.session.ApiKey;
import dev.tandem.session.ApiKeys;
import dev.tandem.session.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(
        String id,
        String name,
        List<Scope> scopes,
        UserId user,
        String createdAt,

        @Schema(description = "To the minute; not there if the key was never used")
        String lastUsed,

        @Schema(description = "The key itself; shown once, when it is made")
        String key) {

    /** A page of one, of all there are. */
    @RegisterForReflection
    public record All(List<KeyView> items, String next) {}

    static KeyView of(ApiKeys.Listed listed) {
        return of(listed.key(), listed.lastUsed().orElse(null), null);
    }

    static KeyView of(ApiKeys.Issued issued) {
        return of(issued.key(), null, issued.token());
    }

    private static KeyView of(ApiKey key, String lastUsed, String token) {
        return new KeyView(
                key.id(),
                key.name(),
                key.scopes().stream().sorted().toList(),
                key.boundTo(),
                key.createdAt(),
                lastUsed,
                token);
    }

    @Override
    public String toString() {
        return "API key " + id;
    }
}
