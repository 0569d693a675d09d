package dev.tandem.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies which names users may have. */
class UserNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Ada", "  Ada  ", "Grace Hopper", "\u00e9\u4e2d", "\ud83d\udc69\u200d\ud83d\ude80", "<b>", "x"})
    void acceptsNames(String name) {
        assertThat(UserNames.require(name)).isEqualTo(name.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000", "\u202eadA", "a\u2028b", "\ud83d"})
    void refusesWhatCannotBeSeen(String name) {
        assertThatThrownBy(() -> UserNames.require(name)).isInstanceOfSatisfying(TandemException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(failure.field()).contains("name");
        });
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        assertThat(UserNames.require("\ud83d\ude00".repeat(64))).hasSize(128);
        assertThatThrownBy(() -> UserNames.require("\ud83d\ude00".repeat(65))).isInstanceOf(TandemException.class);
    }

    @Test
    void makesTheBestOfTheNameInAToken() {
        assertThat(UserNames.clean(" A\nd\u202ea ")).contains("Ada");
        assertThat(UserNames.clean("x".repeat(100))).contains("x".repeat(64));
        assertThat(UserNames.clean("\n")).isEmpty();
        assertThat(UserNames.clean(null)).isEmpty();
    }
}
