package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies how the settings name API keys. */
class ConfiguredKeysTest {
    private static final String HASH = Hashes.sha256("secret");

    @Test
    void readsKeys() {
        ApiKey key = ConfiguredKeys.parse(List.of("ops:" + HASH.toUpperCase() + ":read+admin"))
                .get("ops");

        assertThat(key.scopes()).isEqualTo(Set.of(Scope.READ, Scope.ADMIN));
        assertThat(key.hash()).isEqualTo(HASH);
        assertThat(key.user().id().value()).isEqualTo("key-ops");
        assertThat(key).hasToString("API key ops");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ops", "ops:secret:read", "ops:%s", "ops:%s:", "ops:%s:everything", "o_s:%s:read", ":%s:read"
            })
    void refusesAnythingElseAndDoesNotRepeatIt(String setting) {
        assertThatThrownBy(() -> ConfiguredKeys.parse(List.of(setting.formatted(HASH))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tandem.api.keys")
                .hasMessageNotContaining(HASH);
    }

    @Test
    void refusesTwoOfTheSameId() {
        String key = "ops:" + HASH + ":read";

        assertThatThrownBy(() -> ConfiguredKeys.parse(List.of(key, key))).isInstanceOf(IllegalStateException.class);
    }
}
