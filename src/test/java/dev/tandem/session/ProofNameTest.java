package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.UserId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that nodes understand each other about proofs, and that who hears of one cannot use it. */
class ProofNameTest {

    static Stream<ProofName> names() {
        return Stream.of(
                ProofName.ofUser(new UserId("ada")),
                ProofName.ofSession("abc.ada"),
                ProofName.ofSession("another"),
                ProofName.ofKey("k1"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsToldIsUnderstood(ProofName name) {
        assertThat(ProofName.parse(name.text())).contains(name);
    }

    @Test
    void aSessionIsNamedByAHashOfItsOwn() {
        assertThat(ProofName.ofSession("abc.ada").text())
                .isEqualTo("session " + Hashes.sha256("abc.ada").substring(0, 32));
        assertThat(ProofName.ofSession("abc.ada")).isNotEqualTo(ProofName.ofSession("abd.ada"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user",
                "user ",
                "user a b",
                "session ",
                "session 0123456789abcdef0123456789abcdeg",
                "session 0123456789abcdef",
                "session 0123456789abcdef0123456789abcdef0",
                "somebody ada"
            })
    void whatIsMalformedIsNone(String text) {
        assertThat(ProofName.parse(text)).isEmpty();
    }
}
