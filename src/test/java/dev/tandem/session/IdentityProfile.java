package dev.tandem.session;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A node that believes the tokens of {@link TestTokens}, and has some API keys. */
public class IdentityProfile implements QuarkusTestProfile {
    public static final String ADMIN = "tk_ops_the-secret-of-the-admin-key";
    public static final String READER = "tk_reader_the-secret-of-the-reader-key";
    public static final String PUBLISHER = "tk_publisher_the-secret-of-the-publisher-key";
    public static final String MODERATOR = "tk_moderator_the-secret-of-the-moderator-key";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tandem.jwt.secret",
                TestTokens.SECRET,
                "tandem.jwt.issuer",
                TestTokens.ISSUER,
                "tandem.jwt.audience",
                TestTokens.AUDIENCE,
                "tandem.limits.credentials",
                "0",
                "tandem.api.keys",
                String.join(
                        ",",
                        setting(ADMIN, "admin"),
                        setting(READER, "read"),
                        setting(PUBLISHER, "publish"),
                        setting(MODERATOR, "moderate+read")));
    }

    private static String setting(String key, String scopes) {
        String[] parts = key.split("_", 3);
        return parts[1] + ":" + Hashes.sha256(parts[2]) + ":" + scopes;
    }
}
