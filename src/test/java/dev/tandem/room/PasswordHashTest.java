package dev.tandem.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that a password can be told from others by what is stored, and not read from it. */
class PasswordHashTest {
    private static final int ROUNDS = 1_000;

    @Test
    void knowsThePasswordAgain() {
        assertThat(PasswordHash.fits("pässword \uD83D\uDE00", PasswordHash.of("pässword \uD83D\uDE00", ROUNDS)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secre", "secret ", "Secret", "secrets"})
    void knowsNoOther(String other) {
        assertThat(PasswordHash.fits(other, PasswordHash.of("secret", ROUNDS))).isFalse();
    }

    @Test
    void storesTheSamePasswordDifferentlyEachTime() {
        String one = PasswordHash.of("secret", ROUNDS);

        assertThat(one).isNotEqualTo(PasswordHash.of("secret", ROUNDS)).doesNotContain("secret");
    }

    @Test
    void checksWithTheRoundsOfThen() {
        assertThat(PasswordHash.fits("secret", PasswordHash.of("secret", 2_000)))
                .isTrue();
        assertThat(PasswordHash.fits("secret", PasswordHash.of("secret", 2_000).replace("$2000$", "$1000$")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "pbkdf2-sha1$1000$salt$hash", "pbkdf2-sha512$1000$salt"})
    void fitsNothingThatIsStoredOtherwise(String stored) {
        assertThat(PasswordHash.fits("secret", stored)).isFalse();
    }
}
