package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies which session secrets a node in production does not start with. */
class SecretCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"tandem-dev-secret", "keyboard cat", "Change-Me-In-Production", "short", "1234567", ""})
    void refusesWhatIsKnownOrCanBeGuessedAndDoesNotRepeatIt(String secret) {
        assertThat(SecretCheck.problem(secret)).hasValueSatisfying(problem -> {
            assertThat(problem).contains("TANDEM_SESSION_SECRET");
            assertThat(secret.isEmpty() || !problem.contains(secret)).isTrue();
        });
    }

    @Test
    void acceptsALongOne() {
        assertThat(SecretCheck.problem("a-secret-of-the-tests")).isEmpty();
    }
}
